import { Component } from "@odoo/owl";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { STATIC_ACTIONS_GROUP_NUMBER } from "@web/search/action_menus/action_menus";

/** The way from a list of contacts to the page that brings in a list. */
export class BringIn extends Component {
    static template = "kunden_crm.BringIn";
    static components = { DropdownItem };
    static props = {};

    setup() {
        this.action = useService("action");
    }

    open() {
        return this.action.doAction("kunden_crm.action_import_new");
    }
}

registry.category("cogMenu").add(
    "kunden-bring-in",
    {
        Component: BringIn,
        groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
        isDisplayed: async ({ config, searchModel }) =>
            config.actionType === "ir.actions.act_window" &&
            ["kanban", "list"].includes(config.viewType) &&
            searchModel.resModel === "res.partner" &&
            (await user.hasGroup("kunden_crm.group_user")),
    },
    { sequence: 0 }
);
