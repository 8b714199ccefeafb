import { Component } from "@odoo/owl";

/** A row of a file beside the contacts that it may be; values that differ are marked. */
export class RowSheet extends Component {
    static template = "kunden_crm.ImportRowSheet";
    static props = { row: Object, onChoose: { type: Function, optional: true } };

    get row() {
        return this.props.row;
    }

    /** Candidates that can be chosen: one that nobody may see is only told of. */
    isOpen(candidate) {
        return Boolean(candidate.partner_id || candidate.row_id);
    }
}
