import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { Record } from "@web/model/relational_model/record";

/** A name that is typed under a field: who may be the same is offered before a new one is made. */
patch(Record.prototype, {
    /** The contact that a person takes instead of a new one of this name; nothing for a new one. */
    async _offerKnown(name) {
        const [known] = await this.model.orm.silent.call("res.partner", "kunden_find_duplicates", [
            { name },
        ]);
        if (!known?.partner_id) {
            return null;
        }
        const { partner_id, detail, reasons } = known;
        const place = detail ? `${known.name}, ${detail}` : known.name;
        return new Promise((resolve) => {
            const taken = { id: partner_id, display_name: known.name };
            this.model.dialog.add(
                ConfirmationDialog,
                {
                    title: _t("Perhaps known already"),
                    body: `${place} (${reasons.join("; ")})`,
                    confirmLabel: _t("Take This Contact"),
                    confirm: () => resolve(taken),
                    cancelLabel: _t("Create a New One"),
                    cancel: () => resolve(null),
                },
                { onClose: () => resolve(null) }
            );
        });
    },
});
