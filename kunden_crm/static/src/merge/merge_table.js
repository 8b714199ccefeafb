import { Component } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The contacts of a merge side by side; of each value that differs, whose is taken. */
export class MergeTable extends Component {
    static template = "kunden_crm.MergeTable";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
    }

    get table() {
        return this.props.record.data[this.props.name] || { columns: [], rows: [] };
    }

    /** Whether a cell goes into the result. */
    isTaken(row, column) {
        return row.both || row.chosen === column.id;
    }

    choose(row, column) {
        return this.store("kunden.merge.line", row.id, { chosen_id: column.id, both: false });
    }

    takeBoth(row) {
        return this.store("kunden.merge.line", row.id, { both: true });
    }

    /** Who remains; the other values are proposed anew. */
    keep(column) {
        return this.store("kunden.merge", this.props.record.resId, { survivor_id: column.id });
    }

    async store(model, id, values) {
        await this.orm.write(model, [id], values);
        await this.props.record.load();
    }
}

registry.category("fields").add("kunden_merge_table", {
    component: MergeTable,
    supportedTypes: ["json"],
});
