import { registry } from "@web/core/registry";
import { openPage, press } from "./steps";

/** Accounting approves the run that waits, and the customer's file shows what went out. */
registry.category("web_tour.tours").add("kunden_dun", {
    steps: () => [
        { content: "It waits", trigger: ".o_form_view .o_field_widget[name=approval_state]" },
        {
            content: "Nothing can be sent yet",
            trigger: ".o_form_view:not(:has(button[name=run_channel_action]))",
        },
        ...press("action_approve"),
        { content: "Approved", trigger: ".o_field_widget[name=approved_by_id]" },
        ...press("run_channel_action"),
        { content: "Really", trigger: ".modal .btn-primary", run: "click" },
        {
            content: "One letter was written",
            trigger: "button[name=open_credit_communications]:contains('1')",
        },
    ],
});

/** Whoever opens the file reads which steps there were. */
registry.category("web_tour.tours").add("kunden_dunned_file", {
    steps: () => [
        { content: "The file says that he is dunned", trigger: ".o_form_view div[name=dunned]" },
        ...openPage("dunning"),
        {
            content: "The step",
            trigger: "[name=dunning_step_ids] .o_data_row:contains('Zahlungserinnerung')",
        },
    ],
});
