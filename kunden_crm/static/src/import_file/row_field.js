import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { RowSheet } from "./row_sheet";

/** The cells of a row as they were, what they mean, and the place to mend them. */
export class RowField extends Component {
    static template = "kunden_crm.ImportRow";
    static components = { RowSheet };
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.typed = useState({});
    }

    get row() {
        return this.props.record.data[this.props.name];
    }

    get isTyped() {
        return Object.keys(this.typed).length > 0;
    }

    /** What stands in the cell is no change. */
    type(cell, text) {
        if (text === cell.raw) {
            delete this.typed[cell.index];
        } else {
            this.typed[cell.index] = text;
        }
    }

    async mend() {
        const { record } = this.props;
        const row = await this.orm.call(record.resModel, "action_mend", [
            [record.resId],
            { ...this.typed },
        ]);
        Object.keys(this.typed).forEach((index) => delete this.typed[index]);
        await record.load();
        this.notification.add(row.message || _t("The row has been checked anew."), {
            type: ["ask", "rejected"].includes(row.state) ? "warning" : "success",
        });
    }

    async decide(decision, candidate = {}) {
        const { record } = this.props;
        await this.orm.call(record.resModel, "decide", [
            [record.resId],
            decision,
            candidate.partner_id || false,
            candidate.row_id || false,
        ]);
        await record.load();
    }
}

registry.category("fields").add("kunden_import_row", {
    component: RowField,
    supportedTypes: ["json"],
});
