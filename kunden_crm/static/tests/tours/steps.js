/** Steps that the tours share. They name fields and classes, never words of a language. */

const widget = (name, scope = ".o_form_view") => `${scope} .o_field_widget[name=${name}]`;

/** Type into a field of the form. */
export function fill(name, text, scope) {
    return [
        {
            content: `Fill in ${name}`,
            trigger: `${widget(name, scope)} :is(input, textarea)`,
            run: `edit ${text} && press Tab`,
        },
    ];
}

/** Type into a cell of the line that is being edited, and see that it was taken. */
export function fillCell(name, text, list) {
    const cell = `[name=${list}] .o_selected_row .o_field_widget[name=${name}] input`;
    return [
        { content: `Go to the cell ${name}`, trigger: cell, run: "click" },
        { content: `Fill in the cell ${name}`, trigger: `${cell}:focus`, run: `edit ${text}` },
        { content: `${name} was taken`, trigger: `${cell}:value("${text}")` },
    ];
}

/** Choose the entry of a selection field by its place in the list. */
export function choose(name, index, scope) {
    return [
        {
            content: `Open the choices of ${name}`,
            trigger: `${widget(name, scope)} .o_select_menu_toggler`,
            run: "click",
        },
        {
            content: `Choose entry ${index} of ${name}`,
            trigger: `.o_select_menu_item[data-choice-index='${index}']`,
            run: "click",
        },
    ];
}

/** Look a record up in a many2one or tags field and take the hit with that label. */
export function lookUp(name, text, label, scope) {
    return [
        {
            content: `Look up ${text} in ${name}`,
            trigger: `${widget(name, scope)} input`,
            run: `edit ${text}`,
        },
        {
            content: `Take ${label}`,
            trigger: `.o-autocomplete--dropdown-item:contains("${label}")`,
            run: "click",
        },
    ];
}

export function openPage(name) {
    return [
        {
            content: `Open the page ${name}`,
            trigger: `.o_notebook_headers a[name=${name}]`,
            run: "click",
        },
    ];
}

/** Press a button of a view by the name of its method. */
export function press(name, scope = "") {
    return [{ content: `Press ${name}`, trigger: `${scope} button[name=${name}]`, run: "click" }];
}

/** Save and wait until it is done: a tour must not end on unsaved changes. */
export function save() {
    return [
        { content: "Save", trigger: ".o_form_button_save:enabled", run: "click" },
        { content: "Saved", trigger: ".o_form_saved" },
    ];
}

export function newFile() {
    return [
        { content: "New file", trigger: ".o_list_button_add", run: "click" },
        { content: "An empty file", trigger: ".o_form_view .o_form_editable" },
    ];
}

/** Ask the search box for a customer, and see so many of them. */
export function search(text, hits) {
    const facet = `.o_facet_value:contains("${text}")`;
    return [
        { content: `Type ${text}`, trigger: ".o_searchview_input", run: `edit ${text}` },
        {
            content: `Look for ${text}`,
            trigger: `.o_searchview_autocomplete .o-dropdown-item:contains("${text}"):eq(0)`,
            run: "click",
        },
        { content: "Found", trigger: `.o_list_view:has(${facet}) .o_data_row:count(${hits})` },
    ];
}
