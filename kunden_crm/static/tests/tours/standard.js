import { registry } from "@web/core/registry";
import { fill, newFile, press, save, search } from "./steps";

const note = (place) => `[name=standard_notes] .alert > div:nth-child(${place})`;

/** A clerk sees what the standards propose, takes one back and lets the other stand. */
registry.category("web_tour.tours").add("kunden_standard_clerk", {
    steps: () => [
        ...newFile(),
        ...fill("firstname", "Eva"),
        ...fill("lastname", "ALTENBERG"),
        {
            content: "The form writes it as the standard says",
            trigger: '.o_field_widget[name=lastname] input:value("Altenberg")',
        },
        { content: "It says why", trigger: `${note(1)}:contains("ALTENBERG")` },
        { content: "She wants it as she typed it", trigger: `${note(1)} button`, run: "click" },
        {
            content: "It stands as she typed it",
            trigger: '.o_field_widget[name=lastname] input:value("ALTENBERG")',
        },
        { content: "It is not proposed again", trigger: `${note(1)}:not(:has(button))` },
        ...fill("street", "hauptstr. 5 a"),
        { content: "A second note", trigger: `${note(2)}:contains("Hauptstraße 5a")` },
        ...save(),
        { content: "Nothing is left to say", trigger: ".o_form_view:not(:has([name=standard_notes] .alert))" },
    ],
});

const asked = (name) => [
    ...press(name, ".o_form_statusbar"),
    { content: "Really", trigger: ".modal .btn-primary", run: "click" },
];

/** The manager looks at the preview, applies it and takes it back. */
registry.category("web_tour.tours").add("kunden_standard_manager", {
    steps: () => [
        { content: "New run", trigger: ".o_list_button_add", run: "click" },
        ...press("action_check", ".o_form_statusbar"),
        {
            content: "Look at what would change",
            trigger: "button[name=action_show_lines]:has([name=proposed_count])",
            run: "click",
        },
        {
            content: "Old, new and why",
            trigger: '.o_data_row:contains("LISA ALTENBERG"):contains("Lisa Altenberg")',
        },
        { content: "Back to the run", trigger: ".o_back_button, .breadcrumb-item a:last", run: "click" },
        ...asked("action_apply"),
        {
            content: "Applied",
            trigger: "button[name=action_show_lines]:has([name=applied_count])",
        },
        ...asked("action_undo"),
        {
            content: "Taken back",
            trigger: "button[name=action_show_lines]:has([name=undone_count])",
        },
    ],
});

/** A clerk changes two contacts at once in the list, and keeps what she typed. */
registry.category("web_tour.tours").add("kunden_standard_list", {
    steps: () => [
        ...search("Altenbergia", 2),
        { content: "Take both", trigger: "thead .o_list_record_selector input", run: "click" },
        { content: "Both are taken", trigger: ".o_data_row_selected:eq(1)" },
        { content: "Go to the town", trigger: ".o_data_row:first .o_data_cell[name=city]", run: "click" },
        {
            content: "Type the town",
            trigger: ".o_data_row .o_field_widget[name=city] input",
            run: "edit ULM && press Enter",
        },
        { content: "Really for both", trigger: ".modal .btn-primary", run: "click" },
        {
            content: "It is told what the standard made of it; she keeps her own",
            trigger: '.o_notification:contains("ULM"):contains("Ulm") .o_notification_buttons button',
            run: "click",
        },
        {
            content: "It stands as she typed it",
            trigger: '.o_data_row:eq(1) .o_data_cell[name=city]:contains("ULM")',
        },
    ],
});
