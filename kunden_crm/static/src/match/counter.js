import { registry } from "@web/core/registry";
import { debounce } from "@web/core/utils/timing";

const APP = "kunden_crm.menu_root";
const ENTRY = "kunden_crm.menu_match_groups";

/** How many possible duplicates wait stands behind their menu, on each page of the customer file. */
export const counter = {
    dependencies: ["orm"],
    start(env, { orm }) {
        let label;
        const count = debounce(async () => {
            // the till has no menus
            const { menu } = env.services;
            if (menu?.getCurrentApp()?.xmlid !== APP) {
                return;
            }
            const entry = menu.getAll().find(({ xmlid }) => xmlid === ENTRY);
            if (!entry) {
                return;
            }
            label = label || entry.name;
            const number = await orm.silent.call("kunden.match.group", "count_open", []);
            const name = number ? `${label} (${number})` : label;
            if (entry.name !== name) {
                entry.name = name;
                env.bus.trigger("MENUS:APP-CHANGED");
            }
        }, 200);
        env.bus.addEventListener("MENUS:APP-CHANGED", count);
        env.bus.addEventListener("ACTION_MANAGER:UI-UPDATED", count);
    },
};

registry.category("services").add("kunden_match_counter", counter);
