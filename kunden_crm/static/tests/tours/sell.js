import { registry } from "@web/core/registry";
import { lookUp, openPage, press, save } from "./steps";

const LINE = "[name=order_line] .o_selected_row";

/** Sales sees how a customer pays, writes him a quotation and confirms it when asked once more. */
registry.category("web_tour.tours").add("kunden_sell", {
    steps: () => [
        { content: "The file says that he is dunned", trigger: ".o_form_view div[name=dunned]" },
        ...openPage("billing"),
        {
            content: "What he owes",
            trigger: ".o_field_widget[name=open_amount]:contains('1.000,00')",
        },
        {
            content: "How he pays",
            trigger: ".o_field_widget[name=payment_class] .text-bg-warning",
        },
        ...press("action_new_quotation"),
        { content: "The quotation warns too", trigger: ".o_sale_order div[name=dunned]" },
        {
            content: "Add a line",
            trigger: "[name=order_line] .o_field_x2many_list_row_add a",
            run: "click",
        },
        ...lookUp("product_template_id", "Kratzbaum", "Kratzbaum", LINE),
        { content: "With its price", trigger: `${LINE} [name=price_unit] input:value("79,00")` },
        ...save(),
        ...press("action_confirm", ".o_statusbar_buttons"),
        { content: "Asked once more", trigger: ".modal .btn-primary", run: "click" },
        { content: "Confirmed", trigger: ".o_arrow_button_current[data-value=sale]" },
    ],
});
