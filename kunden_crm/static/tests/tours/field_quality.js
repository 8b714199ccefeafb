import { registry } from "@web/core/registry";

/** A clerk looks at the data quality, counts anew, and opens the files behind a figure. */
registry.category("web_tour.tours").add("kunden_field_quality", {
    steps: () => [
        {
            content: "Count anew",
            trigger: ".o_control_panel button[name=action_compute]",
            run: "click",
        },
        {
            content: "It says so",
            trigger: ".o_notification",
        },
        {
            content: "Show the files with a placeholder",
            trigger: `.o_kanban_record:has([data-measure=junk]) button[name=action_open_files]`,
            run: "click",
        },
        {
            content: "Bernd is among them, with the field that holds it",
            trigger: ".o_data_row:contains(Bernd Strich) [name=junk_field_ids] .o_tag",
        },
    ],
});
