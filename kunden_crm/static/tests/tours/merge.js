import { registry } from "@web/core/registry";
import { press } from "./steps";

const row = (name) => `.kunden_merge_table tr[data-name=${name}]`;

/** A clerk marks two files of one customer, looks at what will come of them, merges, and undoes. */
registry.category("web_tour.tours").add("kunden_merge", {
    steps: () => [
        {
            content: "Mark both files",
            trigger: '.o_data_row:contains("Annegret Doppel") .o_list_record_selector input',
            run: "click",
        },
        {
            content: "The other one too",
            trigger: '.o_data_row:contains("A. Doppel") .o_list_record_selector input',
            run: "click",
        },
        { content: "Actions", trigger: ".o_cp_action_menus .fa-cog", run: "click" },
        {
            content: "Merge them",
            trigger: '.o-dropdown--menu .o_menu_item:contains("kunden-merge")',
            run: "click",
        },
        {
            content: "The street is shown and proposed",
            trigger: `${row("street")} td.table-success:contains("Domplatz 1")`,
        },
        {
            content: "Both numbers have room",
            trigger: `${row("mobile")} td:last-child:contains("5550100")`,
        },
        {
            content: "Another name is chosen",
            trigger: `${row("name")} td:has(span:contains("Annegret Doppel")) input`,
            run: "click",
        },
        {
            content: "It is the result",
            trigger: `${row("name")} td:last-child:contains("Annegret Doppel")`,
        },
        ...press("action_merge", ".o_form_statusbar"),
        {
            content: "It is done",
            trigger: ".o_form_statusbar button[name=action_undo]",
            run: "click",
        },
        { content: "Really", trigger: ".modal .btn-primary", run: "click" },
        {
            content: "Two files again",
            trigger: ".o_form_statusbar:not(:has(button[name=action_undo]))",
        },
        { content: "Who has undone it", trigger: ".o_field_widget[name=undone_by_id]" },
    ],
});

/** The bookmark of a contact that was merged. */
registry.category("web_tour.tours").add("kunden_merge_link", {
    steps: () => [
        {
            content: "It leads to the contact that remained",
            trigger: '.o_form_view .o_field_widget[name=email] input:value("annegret@example.com")',
        },
        {
            content: "And says so",
            trigger: ".o_notification:contains(Annegret)",
        },
    ],
});
