import { registry } from "@web/core/registry";
import { fill, press } from "./steps";

const DRAFT = ".modal .o_form_view";

/** A clerk writes a letter from the file; it is printed and logged. */
registry.category("web_tour.tours").add("kunden_write_letter", {
    steps: () => [
        { content: "The customer's file", trigger: ".o_form_view" },
        ...press("action_write_letter"),
        {
            content: "Address and salutation are there",
            trigger: `${DRAFT} [name=salutation] input:value('Petersen')`,
        },
        ...fill("subject", "Ihr neuer Kratzbaum", DRAFT),
        {
            content: "Write the text",
            trigger: `${DRAFT} [name=body] .odoo-editor-editable`,
            run: "editor Er ist da.",
        },
        ...press("action_send", ".modal"),
        { content: "Sent", trigger: "body:not(:has(.modal))" },
        {
            content: "The file counts it",
            trigger: "button[name=action_open_interactions]:contains('1')",
        },
    ],
});
