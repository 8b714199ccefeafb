import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** What the recording standards changed while somebody types, with the way to take it back. */
export class StandardNotes extends Component {
    static template = "kunden_crm.StandardNotes";
    static props = { ...standardFieldProps };

    get notes() {
        return this.props.record.data[this.props.name] || [];
    }

    /** The clerk has the last word: what was typed stands again and is not proposed once more. */
    takeBack(note) {
        return this.props.record.update({ [note.field]: note.was });
    }
}

registry.category("fields").add("kunden_standard_notes", {
    component: StandardNotes,
    supportedTypes: ["json"],
});
