import { registry } from "@web/core/registry";
import { choose, fill, lookUp, newFile, openPage, save } from "./steps";

/** A clerk opens a file for a private customer and fills it in from top to bottom. */
registry.category("web_tour.tours").add("kunden_private_file", {
    steps: () => [
        ...newFile(),
        ...fill("name", "Dr. Ursula von der Aue"),
        ...choose("salutation", 1),
        ...fill("email", "ursula@vonderaue.example"),
        ...fill("phone", "0221/4710-900"),
        ...fill("mobile", "0171 1234567"),
        ...fill("street", "Lindenweg 7"),
        ...fill("zip", "50667"),
        ...fill("city", "Köln"),
        ...choose("preferred_channel", 2),
        ...openPage("personal_information_page"),
        ...fill("birthdate_date", "29.02.1980"),
        ...choose("marital_status", 2),
        ...fill("occupation", "Tierärztin"),
        ...choose("education", 8),
        ...lookUp("occupation_class_id", "2", "ISCO-08 2"),
        {
            content: "State an interest",
            trigger: "[name=interest_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        ...lookUp("topic_id", "Hundesport", "Hundesport", "[name=interest_ids]"),
        ...openPage("addressing"),
        {
            content: "She does not want text messages",
            trigger: "[name=do_not_sms] input",
            run: "click",
        },
        ...save(),
        {
            content: "The warning is there for everybody who opens the file",
            trigger: "div[name=no_contact] [name=no_contact_note]",
        },
    ],
});
