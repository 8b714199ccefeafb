import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** What the recording standards changed while somebody types, with the way to take it back. */
export class StandardNotes extends Component {
    static template = "kunden_crm.StandardNotes";
    static props = { ...standardFieldProps };

    get notes() {
        return this.props.record.data[this.props.name] || [];
    }

    /** What happened to a value, or what is to be asked about it. */
    told({ outcome, kept, was, now, why }) {
        if (outcome !== "fixed") {
            return _t("Please check “%(was)s”: %(why)s", { was, why });
        }
        return kept
            ? _t("Stays “%(was)s” as you want it.", { was })
            : _t("“%(was)s” became “%(now)s”: %(why)s", { was, now, why });
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
