import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The first rows of a file as they are read, so that a person sees whether umlauts are right. */
export class PreviewField extends Component {
    static template = "kunden_crm.ImportPreview";
    static props = { ...standardFieldProps };

    get rows() {
        return this.props.record.data[this.props.name] || [];
    }

    /** The columns of the widest row. */
    get columns() {
        const widest = Math.max(0, ...this.rows.map(({ cells }) => cells.length));
        return [...Array(widest).keys()];
    }

    /** The headings stand in the row that somebody clicks on. */
    choose(row) {
        if (!this.props.readonly) {
            return this.props.record.update({ header_row: row.number });
        }
    }

    isHeader(row) {
        const chosen = this.props.record.data.header_row;
        return chosen ? row.number === chosen : row.kind === "header";
    }
}

registry.category("fields").add("kunden_import_preview", {
    component: PreviewField,
    supportedTypes: ["json"],
    fieldDependencies: [{ name: "header_row", type: "integer" }],
});
