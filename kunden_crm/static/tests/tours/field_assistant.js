import { registry } from "@web/core/registry";
import { fillCell, press } from "./steps";

const REQUIRED = 2;

const atStep = (name) => [
    {
        content: `At the step ${name}`,
        trigger: `.o_statusbar_status button[data-value=${name}].o_arrow_button_current`,
    },
];

const next = (name) => [...press("action_next", ".o_form_statusbar"), ...atStep(name)];

const row = (list, name) => `[name=${list}] .o_data_row:has(td[name=name]:contains("${name}"))`;

/** Choose the level of a field for a kind of customer. */
const level = (name, kind, index) => [
    {
        content: `Go to ${name}`,
        trigger: `${row("field_ids", name)} td[name=level_${kind}]`,
        run: "click",
    },
    {
        content: `Open the levels of ${name}`,
        trigger: `.o_selected_row [name=level_${kind}] .o_select_menu_toggler`,
        run: "click",
    },
    {
        content: `Choose level ${index}`,
        trigger: `.o_select_menu_item[data-choice-index='${index}']`,
        run: "click",
    },
];

/** The manager of the file goes through the four steps. */
registry.category("web_tour.tours").add("kunden_field_assistant", {
    steps: () => [
        ...atStep("goals"),
        {
            content: "This goal we do not have",
            trigger: `${row("goal_ids", "Tourziel B")} td[name=active] input`,
            run: "click",
        },
        {
            content: "What serves it alone need not be asked",
            trigger: "[name=idle_field_ids] .o_tag:contains('Website der Tour')",
        },
        {
            content: "Add a goal",
            trigger: "[name=goal_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        ...fillCell("name", "Vereine gewinnen", "goal_ids"),
        ...next("fields"),
        ...level("E-Mail der Tour", "company", REQUIRED),
        {
            content: "What follows is told before it takes effect",
            trigger: "[name=follows]:contains('1')",
        },
        ...next("collection"),
        ...next("storage"),
        {
            content: "The first import is offered",
            trigger: "button[name=action_import]",
        },
        ...next("done"),
        {
            content: "One field is required of companies",
            trigger: "[name=company_required]:contains('1')",
        },
        { content: "The guideline", trigger: "button[name=action_print]" },
        ...press("action_customers"),
        { content: "The customers", trigger: ".o_list_view .o_list_button_add" },
    ],
});
