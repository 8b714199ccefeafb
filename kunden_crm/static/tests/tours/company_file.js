import { registry } from "@web/core/registry";
import { choose, fill, fillCell, lookUp, newFile, openPage, save } from "./steps";

const CONTACT = ".modal .o_form_view";

/** Add a contact or an address to the file, in the dialogue that core opens for it. */
function addContact(type, steps) {
    return [
        {
            content: "Add a contact",
            trigger: "[name=child_ids] .o-kanban-button-new",
            run: "click",
        },
        {
            content: `It is of the type ${type}`,
            trigger: `${CONTACT} [name=type] input[data-value=${type}]`,
            run: "click",
        },
        ...steps,
        {
            content: "Keep the contact",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        { content: "Back in the file", trigger: "body:not(:has(.modal))" },
    ];
}

/** A clerk opens a file for a company, with a contact person, an address and key figures. */
registry.category("web_tour.tours").add("kunden_company_file", {
    steps: () => [
        ...newFile(),
        {
            content: "It is a company",
            trigger: "[name=company_type] input[data-value=company]",
            run: "click",
        },
        {
            content: "A company has no first name",
            trigger: ".o_form_view:not(:has([name=firstname]))",
        },
        ...fill("name", "Maier, Schmidt & Co. KG"),
        ...fill("phone", "+49 221 4710800"),
        ...fill("street", "Hafenstraße 12"),
        ...fill("zip", "50668"),
        ...fill("city", "Köln"),
        ...openPage("company_details"),
        ...lookUp("partner_company_type_id", "KG", "KG"),
        ...fill("register_court", "Amtsgericht Köln"),
        ...fill("company_registry", "HRA 12345"),
        {
            content: "Add the key figures of a year",
            trigger: "[name=figure_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        ...fillCell("year", "2025", "figure_ids"),
        ...fillCell("revenue", "1250000", "figure_ids"),
        ...fillCell("headcount", "37", "figure_ids"),
        ...fillCell("source", "Bundesanzeiger", "figure_ids"),
        {
            content: "Leave the line",
            trigger: "[name=company_figures] .o_horizontal_separator, .o_form_sheet",
            run: "click",
        },
        { content: "The line is there", trigger: "[name=figure_ids] .o_data_row:not(.o_selected_row)" },
        ...openPage("contact_addresses"),
        ...addContact("contact", [
            ...fill("name", "Herta Maier", CONTACT),
            ...fill("phone", "0221 4710801", CONTACT),
            ...fill("function", "Prokuristin", CONTACT),
            ...lookUp("contact_role_ids", "Signs", "Signs", CONTACT),
            // what the form had to say of name and number has been said
            { content: "Her part is there", trigger: `${CONTACT} [name=contact_role_ids] .o_tag` },
            ...choose("salutation", 1, CONTACT),
            {
                content: "The salutation is there",
                trigger: `${CONTACT} [name=salutation] .o_select_menu_toggler:value(/./)`,
            },
        ]),
        ...addContact("delivery", [
            ...fill("name", "Lager Niehl", CONTACT),
            ...fill("street", "Hafenkai 3", CONTACT),
        ]),
        ...save(),
    ],
});
