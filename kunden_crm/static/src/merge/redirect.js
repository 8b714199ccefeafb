import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { FetchRecordError } from "@web/model/relational_model/errors";
import { RelationalModel } from "@web/model/relational_model/relational_model";

/** The link of a contact that was merged leads to the one that remained. */
patch(RelationalModel.prototype, {
    async _loadRecords(config, evalContext, cache) {
        try {
            return await super._loadRecords(config, evalContext, cache);
        } catch (error) {
            const isContact = config.isMonoRecord && config.resModel === "res.partner";
            if (!(error instanceof FetchRecordError) || !isContact || !config.resId) {
                throw error;
            }
            const found = await this.orm.call("kunden.merge.redirect", "lead", [config.resId]);
            if (!found) {
                throw error;
            }
            this.notification.add(
                _t("The contact with the number %(old)s was merged into %(name)s.", {
                    old: config.resId,
                    name: found.name,
                }),
                { type: "info" }
            );
            config.resIds = config.resIds.map((id) => (id === config.resId ? found.id : id));
            config.resId = found.id;
            return super._loadRecords(config, evalContext, cache);
        }
    },
});
