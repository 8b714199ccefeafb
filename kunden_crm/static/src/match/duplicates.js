import { Component, onWillDestroy, useState } from "@odoo/owl";
import { serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const PAUSE = 350;
// What is compared: fields of a contact, and those of a lead that stand for them.
const COMPARED = (
    "name firstname lastname is_company company_type partner_company_type_id phone mobile email" +
    " street zip city country_id birthdate_date vat company_registry ref" +
    " contact_name partner_name email_from partner_id"
).split(" ");

/** What the server gets to know of a field while somebody types. */
function plain(value, type) {
    if (type === "many2one") {
        return (value && value.id) || false;
    }
    if (value && type === "date") {
        return serializeDate(value);
    }
    return value;
}

/** Contacts that may be the same as the one that is being typed; it refuses nothing. */
export class Duplicates extends Component {
    static template = "kunden_crm.Duplicates";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.state = useState({ found: [], all: false });
        this.asked = "";
        useRecordObserver((record) => this.watch(record));
        onWillDestroy(() => clearTimeout(this.timer));
    }

    get different() {
        return this.props.record.data[this.props.name]?.different || [];
    }

    /** Asks the server when nobody has typed for a moment. */
    watch(record) {
        const values = { id: record.resId || false };
        for (const name of COMPARED.filter((name) => name in record.activeFields)) {
            values[name] = plain(record.data[name], record.fields[name].type);
        }
        const asked = JSON.stringify(values);
        if (asked === this.asked) {
            return;
        }
        this.asked = asked;
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.ask(record.resModel, values, asked), PAUSE);
    }

    async ask(resModel, values, asked) {
        const found = await this.orm.silent.call(resModel, "kunden_find_duplicates", [values]);
        if (asked === this.asked) {
            this.state.found = found;
        }
    }

    get found() {
        return this.state.found.filter(({ partner_id }) => !this.different.includes(partner_id));
    }

    get shown() {
        return this.state.all ? this.found : this.found.slice(0, 3);
    }

    get headline() {
        const number = this.found.length;
        return number === 1 ? _t("1 possible match") : _t("%s possible matches", number);
    }

    open(match) {
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                res_model: "res.partner",
                res_id: match.partner_id,
                views: [[false, "form"]],
                target: "new",
            },
            {}
        );
    }

    /** The server says what follows: the merge, or the other contact in place of this one. */
    async same(match) {
        const { record } = this.props;
        const values = JSON.parse(this.asked);
        if (record.resId) {
            await record.save();
        }
        const action = await this.orm.call(record.resModel, "kunden_is_same", [
            values,
            match.partner_id,
        ]);
        if (action.type === "kunden_link") {
            return record.update({ partner_id: action.partner });
        }
        if (!record.resId) {
            await record.discard();
        }
        return this.action.doAction(action);
    }

    /** Of a contact that is not stored yet it is noted with the contact. */
    async isNot(match) {
        const { record, name } = this.props;
        if (record.resId) {
            await this.orm.call(record.resModel, "kunden_is_different", [
                [record.resId],
                match.partner_id,
            ]);
            this.state.found = this.state.found.filter((other) => other !== match);
        } else {
            await record.update({
                [name]: { different: [...this.different, match.partner_id] },
            });
        }
    }
}

registry.category("fields").add("kunden_duplicates", {
    component: Duplicates,
    supportedTypes: ["json"],
});
