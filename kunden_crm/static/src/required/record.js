import { _t } from "@web/core/l10n/translation";
import { htmlJoin } from "@web/core/utils/html";
import { patch } from "@web/core/utils/patch";
import { Record } from "@web/model/relational_model/record";
import { getFieldContext } from "@web/model/relational_model/utils";
import { markup } from "@odoo/owl";

/** Mandatory fields of contacts: marked in the form, told with their reason. */
patch(Record.prototype, {
    /** What the server misses is marked like what the browser misses; nothing typed is lost. */
    async _save(options = {}) {
        const { onError } = options;
        const handled = onError && {
            onError: (error, choices) => {
                this._markMissing(error);
                return onError(error, choices);
            },
        };
        try {
            return await super._save({ ...options, ...handled });
        } catch (error) {
            this._markMissing(error);
            throw error;
        }
    },

    _markMissing(error) {
        for (const name of error.data?.context?.missing_fields || []) {
            if (name in this.activeFields) {
                this._setInvalidField(name);
            }
        }
    },

    /** Each field with the reason of its rule. */
    _displayInvalidFieldNotification() {
        const names = [...this._invalidFields];
        if (!names.some((name) => this.fields[name].kunden_reason)) {
            return super._displayInvalidFieldNotification();
        }
        const lines = names.map((name) => {
            const { string, kunden_reason } = this.fields[name];
            const line = [string, kunden_reason].filter(Boolean).join(": ");
            return markup`<div>${line}</div>`;
        });
        return this.model.notification.add(htmlJoin(lines), {
            title: _t("Missing required fields"),
            type: "danger",
        });
    },

    /** A person types a new name: whoever lacks required fields is led to the form. */
    async _completeMany2OneValue(value, fieldName, resModel) {
        if (resModel !== "res.partner" || value.id || !value.display_name) {
            return super._completeMany2OneValue(value, fieldName, resModel);
        }
        const known = await this._offerKnown(value.display_name);
        if (known) {
            return known;
        }
        const context = { ...getFieldContext(this, fieldName), kunden_asks_person: true };
        const created = await this.model.orm.call(resModel, "name_create", [value.display_name], {
            context,
        });
        return created && { id: created[0], display_name: created[1] };
    },
});
