import { registry } from "@web/core/registry";
import { lookUp, openPage, press, save } from "./steps";

const LINE = "[name=invoice_line_ids] .o_selected_row";

const amount = (name, text) => ({
    content: `${name} is ${text}`,
    trigger: `.o_field_widget[name=${name}]:contains('${text}')`,
});

/** Accounting opens a debtor's file, bills him once more, books his money and sees the figures. */
registry.category("web_tour.tours").add("kunden_bill", {
    steps: () => [
        {
            content: "The debtor",
            trigger: ".o_data_row .o_data_cell[name=complete_name]:contains('Gasthof Krone')",
            run: "click",
        },
        ...openPage("billing"),
        amount("turnover_this_year", "0,00"),
        amount("open_amount", "1.000,00"),
        ...press("action_new_invoice"),
        {
            content: "Add a line",
            trigger: "[name=invoice_line_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        ...lookUp("product_id", "Kratzbaum", "Kratzbaum", LINE),
        { content: "With its price", trigger: `${LINE} [name=price_unit] input:value("79,00")` },
        ...save(),
        ...press("action_post", ".o_statusbar_buttons"),
        { content: "Posted", trigger: ".o_arrow_button_current[data-value=posted]" },
        ...press("action_register_payment", ".o_statusbar_buttons"),
        ...press("action_create_payments", ".modal"),
        { content: "Booked", trigger: "body:not(:has(.modal))" },
        {
            content: "Back to the file",
            trigger: ".breadcrumb-item a:contains('Gasthof Krone')",
            run: "click",
        },
        ...openPage("billing"),
        amount("turnover_this_year", "79,00"),
        amount("open_amount", "1.000,00"),
    ],
});
