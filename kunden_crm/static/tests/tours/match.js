import { registry } from "@web/core/registry";
import { fill, newFile, press, save } from "./steps";

const banner = ".o_kunden_duplicates";

/** Klara types a customer who is known already, and tells another one apart. */
registry.category("web_tour.tours").add("kunden_match_typing", {
    steps: () => [
        ...newFile(),
        ...fill("lastname", "Schmitt"),
        ...fill("city", "Köln"),
        ...fill("mobile", "0175/7719334"),
        {
            content: "She is told who it may be, and why",
            trigger: `${banner}:contains("Hans Schmidt"):contains("Schmidt/Schmitt")`,
        },
        {
            content: "It is somebody else",
            trigger: `${banner} > div:contains("Hans Schmidt") button[name=different]`,
            run: "click",
        },
        { content: "It is not said again", trigger: `.o_form_view:not(:has(${banner}))` },
        ...save(),
    ],
});

/** Klara goes through the work list: one line, why, and what she decides. */
registry.category("web_tour.tours").add("kunden_match_list", {
    steps: () => [
        {
            content: "The menu says how many wait",
            trigger: '[data-menu-xmlid="kunden_crm.menu_match_groups"]:contains("(")',
            run: "click",
        },
        {
            content: "The line with its reasons",
            trigger: '.o_data_row:contains("Hans Schmidt") [name=reasons]',
            run: "click",
        },
        { content: "Both contacts", trigger: '[name=partner_ids] .o_data_row:contains("Schmitt")' },
        ...press("action_different", ".o_form_statusbar"),
        {
            content: "Nothing is left of it in the list",
            trigger: '.o_list_view:not(:has(.o_data_row:contains("Hans Schmidt")))',
        },
    ],
});
