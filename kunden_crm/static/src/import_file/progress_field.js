import { onMounted, onWillUnmount, status } from "@odoo/owl";
import { registry } from "@web/core/registry";
import {
    ProgressBarField,
    progressBarField,
} from "@web/views/fields/progress_bar/progress_bar_field";

const PAUSE = 2000;

/** How far a job has come; the page is read again by itself while it goes on. */
export class ImportProgress extends ProgressBarField {
    setup() {
        super.setup();
        let timer;
        const look = async () => {
            const { record } = this.props;
            if (record.data.is_busy && !(await record.isDirty())) {
                await record.load();
            }
            if (status(this) === "mounted") {
                timer = setTimeout(look, PAUSE);
            }
        };
        onMounted(() => (timer = setTimeout(look, PAUSE)));
        onWillUnmount(() => clearTimeout(timer));
    }
}

registry.category("fields").add("kunden_import_progress", {
    ...progressBarField,
    component: ImportProgress,
    fieldDependencies: [{ name: "is_busy", type: "boolean" }],
});
