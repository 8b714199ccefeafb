import { registry } from "@web/core/registry";
import { choose, fill, fillCell, lookUp, newFile, openPage, save } from "./steps";

const TEXT = 1;
const SEVERAL = 8;
const PRIVATE = 2;

const newField = () => [
    { content: "New field", trigger: ".o_list_button_add, .o_form_button_create", run: "click" },
    {
        content: "An empty field",
        trigger: ".o_field_widget[name=field_type] .o_select_menu_toggler",
    },
];

const addChoice = (name) => [
    {
        content: "Add a choice",
        trigger: "[name=option_ids] .o_field_x2many_list_row_add a",
        run: "click",
    },
    ...fillCell("name", name, "option_ids"),
];

/** The manager of the file makes two fields of his own. */
registry.category("web_tour.tours").add("kunden_own_field", {
    steps: () => [
        ...newField(),
        ...fill("name", "Haustiere"),
        ...choose("field_type", SEVERAL),
        ...choose("customer_kind", PRIVATE),
        ...addChoice("Hund"),
        ...addChoice("Katze"),
        ...save(),
        ...newField(),
        ...fill("name", "Erwartete Geschenke"),
        ...choose("field_type", TEXT),
        ...fill("guidance", "Was der Kunde sich wünscht"),
        ...save(),
    ],
});

/** A clerk opens a file and fills them in. */
registry.category("web_tour.tours").add("kunden_fill_own_field", {
    steps: () => [
        ...newFile(),
        ...fill("name", "Eva Muster"),
        ...openPage("own_fields"),
        ...lookUp("x_kunden_haustiere", "Hund", "Hund"),
        ...fill("x_kunden_erwartete_geschenke", "Ein Kratzbaum"),
        ...save(),
    ],
});
