import { registry } from "@web/core/registry";

/** Ask the search box, see the customer that was meant, and empty the box again. */
function find(text, hit, hits = 1) {
    return [
        {
            content: `Look for ${text}`,
            trigger: ".o_searchview_input",
            run: `edit ${text}`,
        },
        {
            content: "The first proposal asks for all at once",
            trigger: `.o_searchview_autocomplete .o-dropdown-item:contains("${text}"):eq(0)`,
            run: "click",
        },
        {
            content: `Nothing but ${hit} for ${text}`,
            trigger: `.o_list_view:has(.o_facet_value:contains("${text}")) .o_data_row:count(${hits}):contains("${hit}")`,
        },
        {
            content: "Empty the search box",
            trigger: ".o_searchview .o_facet_remove",
            run: "click",
        },
        { content: "All customers again", trigger: ".o_list_view .o_data_row:eq(1)" },
    ];
}

/** Whatever a clerk has at hand, the search box finds the customer by it. */
registry.category("web_tour.tours").add("kunden_find_customer", {
    steps: () => [
        { content: "The list of customers", trigger: ".o_list_view .o_data_row" },
        ...find("grünwald", "Grünwaldt"),
        ...find("Q-77042", "Grünwaldt"),
        ...find("0221 4711 42", "Grünwaldt"),
        ...find("m.gruenwaldt@", "Grünwaldt"),
        ...find("50999 Quellental", "Grünwaldt"),
        ...find("Xaver Hirsebusch", "Hirsemühle", 2),
    ],
});
