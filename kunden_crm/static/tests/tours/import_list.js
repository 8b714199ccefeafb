import { registry } from "@web/core/registry";

const LIST = "/kunden_crm/static/import/Kundenliste.xlsx";
const SLOW = 30000;
const BUTTONS = ".o_control_panel_main_buttons";

/** Hand the shipped list to the importer, as if it had been picked on the clerk's disk. */
async function pickList() {
    const content = await (await fetch(LIST)).blob();
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], "Kundenliste.xlsx", { type: content.type }));
    const input = document.querySelector(".o_control_panel input[type=file]");
    input.files = transfer.files;
    input.dispatchEvent(new Event("change"));
}

/** A clerk takes the list of customers she has in Excel into the customer file. */
registry.category("web_tour.tours").add("kunden_import_list", {
    steps: () => [
        {
            content: "Open the menu beside the title",
            trigger: ".o_list_view .o_cp_action_menus button",
            run: "click",
        },
        { content: "Import", trigger: ".o_import_menu", run: "click" },
        {
            content: "The shipped list is offered",
            trigger: `.o_import_action a[href='${LIST}']`,
        },
        { content: "Take the list", trigger: ".o_import_file", run: pickList },
        {
            content: "Its columns were understood",
            trigger: ".o_import_data_content tbody tr:contains('Kundennummer')",
            timeout: SLOW,
        },
        { content: "Try it", trigger: `${BUTTONS} button:eq(0)`, run: "click" },
        {
            content: "Nothing is wrong with it",
            trigger: ".o_import_data_content p.alert-info",
            timeout: SLOW,
        },
        { content: "Import it", trigger: `${BUTTONS} button.btn-primary:eq(0)`, run: "click" },
        {
            content: "The new files are shown",
            trigger: ".o_list_view .o_data_row",
            timeout: SLOW,
        },
    ],
});
