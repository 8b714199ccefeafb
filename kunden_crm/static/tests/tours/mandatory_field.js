import { registry } from "@web/core/registry";
import { choose, fill, lookUp, newFile, openPage, press, save } from "./steps";

const PRIVATE = 2;

/** The manager requires two fields of his own while an offer runs, and sees whom that concerns. */
registry.category("web_tour.tours").add("kunden_make_rule", {
    steps: () => [
        { content: "New rule", trigger: ".o_list_button_add", run: "click" },
        ...lookUp("catalogue_id", "Haustiere", "Haustiere"),
        ...choose("customer_kind", PRIVATE),
        ...fill("reason", "Für das Shampoo-Angebot"),
        { content: "How many files are affected", trigger: "[name=affected_note]:contains(/\\d/)" },
        ...save(),
    ],
});

/** A clerk is refused with the reason, fills the field in and saves; an order leads to the form. */
registry.category("web_tour.tours").add("kunden_be_refused", {
    steps: () => [
        ...newFile(),
        ...fill("name", "Eva Muster"),
        { content: "Save", trigger: ".o_form_button_save:enabled", run: "click" },
        {
            content: "The reason is told",
            trigger: ".o_notification:contains('Haustiere: Für das Shampoo-Angebot')",
        },
        ...openPage("own_fields"),
        {
            content: "The field is marked",
            trigger: ".o_field_invalid[name=x_kunden_haustiere]",
        },
        ...lookUp("x_kunden_haustiere", "Hund", "Hund"),
        {
            content: "What was typed is still there",
            trigger: `.o_field_widget[name=lastname] input:value("Muster")`,
        },
        {
            content: "A condition is asked when the form is saved",
            trigger: ".o_form_button_save:enabled",
            run: "click",
        },
        {
            content: "The server tells the reason of the condition",
            trigger: ".modal:contains('Hundehalter brauchen einen Ort')",
        },
        { content: "Go on", trigger: ".modal .modal-footer .btn-primary", run: "click" },
        { content: "It is marked too", trigger: ".o_field_invalid[name=city]" },
        ...fill("city", "Ulm"),
        ...save(),
    ],
});

/** Who types a new customer into a quotation is led to the form with what is missing. */
registry.category("web_tour.tours").add("kunden_new_in_quotation", {
    steps: () => [
        {
            content: "Type the name of somebody new",
            trigger: ".o_field_widget[name=partner_id] input",
            run: "edit Uwe Neumann",
        },
        {
            content: "Create him",
            trigger: ".o_m2o_dropdown_option_create",
            run: "click",
        },
        {
            content: "The form knows the name that was typed",
            trigger: `.modal .o_field_widget[name=lastname] input:value("Neumann")`,
        },
        {
            content: "To what is missing",
            trigger: ".modal .o_notebook_headers a[name=own_fields]",
            run: "click",
        },
        {
            content: "It is marked",
            trigger: ".modal .o_required_modifier[name=x_kunden_haustiere]",
        },
        ...lookUp("x_kunden_haustiere", "Katze", "Katze", ".modal"),
        { content: "Save him", trigger: ".modal .o_form_button_save:enabled", run: "click" },
        { content: "Back in the quotation", trigger: "body:not(:has(.modal))" },
        ...save(),
    ],
});

/** A clerk opens the work list and asks the owners. */
registry.category("web_tour.tours").add("kunden_work_list", {
    steps: () => [
        { content: "Without the filter", trigger: ".o_facet_remove", run: "click" },
        {
            content: "Anna's file lacks the pets",
            trigger: ".o_data_row:contains('Anna Tour'):contains('Haustiere')",
        },
        {
            content: "Choose her",
            trigger: ".o_data_row:contains('Anna Tour') .o_list_record_selector input",
            run: "click",
        },
        ...press("action_ask_owners", ".o_control_panel"),
        { content: "They are asked", trigger: ".o_notification" },
    ],
});
