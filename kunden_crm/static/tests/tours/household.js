import { registry } from "@web/core/registry";
import { fill, newFile, openPage, press, save } from "./steps";

/** A second person at the same address: the file asks whether it is one household. */
registry.category("web_tour.tours").add("kunden_household", {
    steps: () => [
        ...newFile(),
        ...fill("name", "Petra Ahorn"),
        ...fill("street", "Ahornweg 3"),
        ...fill("zip", "50667"),
        ...fill("city", "Köln"),
        ...save(),
        {
            content: "The question names who lives there",
            trigger: "div[name=household_question]:contains('Ahorn')",
        },
        ...press("action_join_household"),
        {
            content: "The question is answered",
            trigger: ".o_form_view:not(:has(div[name=household_question]))",
        },
        ...openPage("personal_information_page"),
        {
            content: "She is in the household",
            trigger: "[name=household_id] input:value('Ahorn')",
        },
    ],
});
