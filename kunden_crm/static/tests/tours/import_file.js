import { registry } from "@web/core/registry";
import { fill, openPage, press } from "./steps";

const SLOW = 60000;
const HEAD = ".o_form_statusbar";
const QUESTIONS = ".o_kunden_import_questions";
const LINES = [
    "Kassenjournal 2024;;;;",
    ";;;;",
    "Name;Straße;PLZ;Ort;Telefon",
    "Petra Kunert;Lindenstr. 5;50674;Köln;0221/5550100",
    "Uwe Grothe;Ringweg 7;53111;Bonn;",
    "Jürgen Weiß;Hauptstraße 1;01067;Dresden;",
    "Ayla Yücel;Am Wall 2;50674;Köln;12",
    "Summe;;;;4",
];

/** Hand over a list as Excel saves it in Germany: semicolons, Windows-1252. */
async function pickFile() {
    const bytes = Uint8Array.from(LINES.join("\r\n"), (char) => char.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], "kasse.csv", { type: "text/csv" }));
    const input = document.querySelector(".o_field_widget[name=file] input[type=file]");
    input.files = transfer.files;
    input.dispatchEvent(new Event("change"));
}

/** A stat button shows this number. */
const counted = (name, number) => ({
    content: `${name} is ${number}`,
    trigger: `.o_field_widget[name=${name}] .o_stat_value:contains(/^${number}$/)`,
    timeout: SLOW,
});

/** What the dialog asks is confirmed. */
const confirm = { content: "Really", trigger: ".modal .btn-primary", run: "click" };

/** A clerk brings a list in, decides whom it means, writes it, and takes it back. */
registry.category("web_tour.tours").add("kunden_import_file", {
    steps: () => [
        {
            content: "Open the menu beside the title",
            trigger: ".o_list_view .o_cp_action_menus button",
            run: "click",
        },
        { content: "Bring in a list", trigger: ".o_kunden_bring_in", run: "click" },
        ...fill("source", "Kassenjournal 2024"),
        {
            content: "Take the list",
            trigger: ".o_field_widget[name=file] .o_select_file_button",
            run: pickFile,
        },
        ...press("action_analyse", HEAD),
        counted("ask_count", 3),
        counted("created_count", 1),
        ...openPage("file"),
        {
            content: "Its umlauts are right",
            trigger: '.o_kunden_import_preview td:contains("Jürgen Weiß")',
        },
        {
            content: "Its headings were found",
            trigger: '.o_kunden_import_preview tr.table-primary td:contains("Straße")',
        },
        ...press("action_decide", HEAD),
        {
            content: "The first question",
            trigger: `${QUESTIONS} [data-name=name] td:contains("Petra Kunert")`,
            run: "press 1",
        },
        {
            content: "The second one",
            trigger: `${QUESTIONS} [data-name=name] td:contains("Uwe Grothe")`,
            run: "press s",
        },
        {
            content: "The last one: a phone that is none",
            trigger: `${QUESTIONS} [data-name=name] td:contains("Ayla Yücel")`,
            run: "press u",
        },
        {
            content: "After all",
            trigger: `${QUESTIONS} [data-name=name] td:contains("Uwe Grothe")`,
            run: "press n",
        },
        {
            content: "What can be read of her is enough",
            trigger: `${QUESTIONS} [data-name=name] td:contains("Ayla Yücel")`,
            run: "press r",
        },
        { content: "Back", trigger: `${QUESTIONS} button[name=back]`, run: "click" },
        counted("ask_count", 0),
        ...press("action_start", HEAD),
        confirm,
        {
            content: "It is done",
            trigger: `${HEAD} button[name=action_undo]`,
            timeout: SLOW,
        },
        counted("created_count", 3),
        ...press("action_undo", HEAD),
        confirm,
        {
            content: "It is as before",
            trigger: ".o_field_widget[name=undo_text]:contains(3)",
            timeout: SLOW,
        },
    ],
});
