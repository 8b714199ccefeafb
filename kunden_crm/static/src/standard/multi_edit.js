import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { DynamicList } from "@web/model/relational_model/dynamic_list";

/** Several contacts changed at once in a list: what the standard wrote otherwise can be kept. */
patch(DynamicList.prototype, {
    async _multiSave(editedRecord, changes) {
        const records = this.selection;
        const saved = await super._multiSave(editedRecord, changes);
        if (saved && this.resModel === "res.partner") {
            for (const [name, typed] of Object.entries(changes)) {
                this._tellSpelling(records, name, typed);
            }
        }
        return saved;
    },

    _tellSpelling(records, name, typed) {
        const isOther = ({ data }) => typeof data[name] === "string" && data[name] !== typed;
        const others = typeof typed === "string" ? records.filter(isOther) : [];
        if (!others.length) {
            return;
        }
        const told = { was: typed, now: others[0].data[name] };
        const close = this.model.notification.add(_t("“%(was)s” became “%(now)s”.", told), {
            type: "info",
            autocloseDelay: 10000,
            buttons: [
                {
                    name: _t("Keep as Typed"),
                    primary: true,
                    onClick: async () => {
                        close();
                        await this._keepSpelling(others, name, typed);
                    },
                },
            ],
        });
    },

    /** The clerk has the last word: what was typed stands and is not proposed once more. */
    async _keepSpelling(records, name, typed) {
        const note = { field: name, was: typed, outcome: "fixed", kept: true };
        const ids = [...new Set(records.map((record) => record.resId))];
        const values = { [name]: typed, standard_notes: [note] };
        await this.model.orm.webSave(this.resModel, ids, values, {
            context: this.context,
            specification: {},
        });
        await this.load();
    },
});
