import { registry } from "@web/core/registry";
import { fill, lookUp, press } from "./steps";

const LOG = ".modal .o_form_view";

/** A clerk has spoken with a customer, notes what came of it and when to come back to it. */
registry.category("web_tour.tours").add("kunden_log_call", {
    steps: () => [
        { content: "The customer's file", trigger: ".o_form_view" },
        ...press("action_log_call"),
        ...fill("subject", "Rückfrage zum Kratzbaum", LOG),
        ...lookUp("outcome_id", "Wants an offer", "Wants an offer", LOG),
        ...fill("next_step", "Angebot schicken", LOG),
        ...fill("follow_up_date", "24.12.2040", LOG),
        ...press("action_log", ".modal"),
        { content: "Logged", trigger: "body:not(:has(.modal))" },
        {
            content: "The file counts it",
            trigger: "button[name=action_open_interactions]:contains('1')",
        },
    ],
});
