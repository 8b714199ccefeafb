import { registry } from "@web/core/registry";
import { fill } from "./steps";

const card = ".modal .o_form_view";

/** A cashier makes a customer at the till: what is required is asked, the rest is marked. */
registry.category("web_tour.tours").add("kunden_till", {
    steps: () => [
        {
            content: "Unlock the till",
            trigger: ".screen-login .open-register-btn",
            run: "click",
            timeout: 60000,
        },
        { content: "Choose a customer", trigger: ".product-screen .set-partner", run: "click" },
        {
            content: "A new one",
            trigger: ".modal .modal-header button.btn-primary",
            run: "click",
        },
        ...fill("name", "Eva Kasse", card),
        { content: "Save", trigger: ".modal .o_form_button_save", run: "click" },
        {
            content: "The e-mail address is asked for",
            trigger: `${card} .o_field_widget.o_field_invalid[name=email]`,
        },
        ...fill("email", "eva@kasse.example", card),
        { content: "Save again", trigger: ".modal .o_form_button_save", run: "click" },
        {
            content: "She is the customer of this sale",
            trigger: '.product-screen .set-partner:contains("Eva Kasse")',
        },
    ],
});
