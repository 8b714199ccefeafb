import { Component, onWillStart, useExternalListener, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { RowSheet } from "./row_sheet";

const MODEL = "kunden.import.row";
// Fetch the next ones before the last one is decided.
const FEW = 5;

/** The rows of a file that ask, one after the other, decided by keyboard. */
export class Questions extends Component {
    static template = "kunden_crm.ImportQuestions";
    static components = { Layout, RowSheet };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.state = useState({ rows: [], place: 0, left: 0, source: "", busy: false });
        this.decided = [];
        this.display = { controlPanel: {} };
        useExternalListener(window, "keydown", (ev) => this.onKey(ev));
        onWillStart(() => this.fetch());
    }

    get batchId() {
        return this.props.action.context.active_id;
    }

    get row() {
        return this.state.rows[this.state.place];
    }

    get headline() {
        const { left } = this.state;
        return left ? _t("%s left", left) : _t("All questions are decided.");
    }

    /** The rows behind the last one that is here; what is here already stays. */
    async fetch() {
        const last = this.state.rows.at(-1);
        const found = await this.orm.call(MODEL, "questions", [this.batchId, last?.id || 0]);
        const known = new Set(this.state.rows.map(({ id }) => id));
        this.state.rows.push(...found.rows.filter(({ id }) => !known.has(id)));
        this.state.left = found.left;
        this.state.source = found.source;
    }

    onKey(ev) {
        const isTyping = ev.target.closest?.("input, textarea, select, [contenteditable=true]");
        if (isTyping || ev.ctrlKey || ev.altKey || ev.metaKey || document.querySelector(".modal")) {
            return;
        }
        const act = this.actOf(ev.key.toLowerCase());
        if (act) {
            ev.preventDefault();
            ev.stopPropagation();
            act();
        }
    }

    /** What a key does, if anything. */
    actOf(key) {
        const acts = {
            n: () => this.decide("create"),
            r: () => this.row?.is_unreadable && this.decide("take"),
            "ü": () => this.decide("skip"),
            s: () => this.decide("skip"),
            u: () => this.takeBack(),
            b: () => this.mend(),
            enter: () => this.next(),
            arrowright: () => this.next(),
            arrowdown: () => this.next(),
            arrowleft: () => this.previous(),
            arrowup: () => this.previous(),
        };
        const candidate = this.row?.candidates[Number(key) - 1];
        return candidate ? () => this.take(candidate) : acts[key];
    }

    take(candidate) {
        if (candidate.partner_id || candidate.row_id) {
            return this.decide("update", candidate);
        }
    }

    async decide(decision, candidate = {}) {
        const { row } = this;
        if (!row || this.state.busy) {
            return;
        }
        const before = this.state.left;
        await this.store(row, decision, candidate);
        if (decision === "take" && this.state.left === before) {
            return this.readAgain(); // something else is open: who it is, or what is missing
        }
        this.decided.push({ row, place: this.state.place });
        this.state.rows.splice(this.state.place, 1);
        await this.settle();
    }

    /** The last decision is taken back and its row is asked again. */
    async takeBack() {
        const last = this.decided.at(-1);
        if (!last || this.state.busy) {
            return;
        }
        await this.store(last.row, false);
        this.decided.pop();
        const place = Math.min(last.place, this.state.rows.length);
        this.state.rows.splice(place, 0, last.row);
        this.state.place = place;
    }

    async store(row, decision, { partner_id = false, row_id = false } = {}) {
        this.state.busy = true;
        try {
            const args = [[row.id], decision, partner_id, row_id];
            const { left } = await this.orm.silent.call(MODEL, "decide", args);
            this.state.left = left;
        } finally {
            this.state.busy = false;
        }
    }

    async next() {
        this.state.place += 1;
        await this.settle();
    }

    previous() {
        this.state.place = Math.max(0, this.state.place - 1);
    }

    /** Stay on a row as long as there is one; behind the last one the first one follows. */
    async settle() {
        const { rows, left } = this.state;
        if (rows.length < left && rows.length - this.state.place <= FEW) {
            await this.fetch();
        }
        if (this.state.place >= this.state.rows.length) {
            this.state.place = 0;
        }
    }

    /** The row with its cells, to put other text into them. */
    mend() {
        const { row } = this;
        if (!row) {
            return;
        }
        const action = {
            type: "ir.actions.act_window",
            name: _t("Row %s", row.number),
            res_model: MODEL,
            res_id: row.id,
            views: [[false, "form"]],
            target: "new",
        };
        return this.action.doAction(action, { onClose: () => this.readAgain() });
    }

    async readAgain() {
        this.state.rows = [];
        this.state.place = 0;
        await this.fetch();
    }

    back() {
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                res_model: "kunden.import.batch",
                res_id: this.batchId,
                views: [[false, "form"]],
            },
            { clearBreadcrumbs: true }
        );
    }
}

registry.category("actions").add("kunden_import_questions", Questions);
