import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { SelectMenu } from "@web/core/select_menu/select_menu";
import { useSpecialData } from "@web/views/fields/relational_utils";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** A text that is chosen from what the record offers under the name of the field. */
export class ChoiceField extends Component {
    static template = "kunden_crm.ImportChoice";
    static components = { SelectMenu };
    static props = { ...standardFieldProps, placeholder: { type: String, optional: true } };

    get value() {
        return this.props.record.data[this.props.name] || null;
    }

    get offered() {
        const choices = this.props.record.data.choices?.[this.props.name] || [];
        return choices.map(([value, label]) => ({ value, label }));
    }

    /** What stands there is a choice too, whether it is offered or not. */
    get choices() {
        const { offered, value } = this;
        const known = !value || offered.some((choice) => choice.value === value);
        return known ? offered : [{ value, label: value }, ...offered];
    }

    get label() {
        const found = this.choices.find((choice) => choice.value === this.value);
        return found ? found.label : this.props.placeholder || "";
    }

    choose(value) {
        return this.props.record.update({ [this.props.name]: value || false });
    }
}

/** What a column of a file fills, by the labels of the catalogue. */
export class TargetField extends ChoiceField {
    setup() {
        this.special = useSpecialData((orm, { record }) =>
            orm.call(record.resModel, "target_choices", [record.data.batch_id?.id || false])
        );
    }

    get offered() {
        return this.special.data || [];
    }
}

export const choiceField = {
    component: ChoiceField,
    supportedTypes: ["char"],
    extractProps: ({ placeholder }) => ({ placeholder }),
};

registry.category("fields").add("kunden_import_choice", choiceField);
registry.category("fields").add("kunden_import_target", {
    ...choiceField,
    component: TargetField,
    fieldDependencies: [{ name: "batch_id", type: "many2one" }],
});
