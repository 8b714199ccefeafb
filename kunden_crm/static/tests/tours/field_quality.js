import { registry } from "@web/core/registry";
import { search } from "./steps";

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

/** A clerk asks two customers in writing for what is missing in their files. */
registry.category("web_tour.tours").add("kunden_field_request", {
    steps: () => [
        ...search("Fragenberg", 2),
        { content: "Take both", trigger: "thead .o_list_record_selector input", run: "click" },
        {
            content: "Ask the customers",
            trigger: ".o_control_panel button[name=action_request_details]",
            run: "click",
        },
        {
            content: "One is reached, the other is named",
            trigger: ".modal:has([name=email_names]:contains(Eva)):has([name=left_out]:contains(Udo))",
        },
        {
            content: "What she reads names the field",
            trigger: ".modal [name=preview] li:contains(Geburtsdatum)",
        },
        { content: "Ask", trigger: ".modal button[name=action_send]", run: "click" },
        { content: "It says how many", trigger: ".o_notification:contains(1)" },
        { content: "The dialogue is gone", trigger: "body:not(:has(.modal))" },
    ],
});
