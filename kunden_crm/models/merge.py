from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class KundenMerge(models.Model):
    """ACT: several files of one customer become one, by core's own merge, and can be taken back."""

    _name = "kunden.merge"
    _inherit = [
        "kunden.own.word.mixin",
        "kunden.merge.choice.mixin",
        "kunden.merge.value.mixin",
        "kunden.merge.collision.mixin",
        "kunden.merge.attached.mixin",
        "kunden.merge.apply.mixin",
        "kunden.merge.back.mixin",
        "kunden.merge.bulk.mixin",
        "kunden.merge.screen.mixin",
    ]
    _description = "Merge of Contacts"
    _order = "id desc"
    _its_own = frozenset(
        {"state", "user_id", "done_at", "undone_at", "undone_by_id", "kept", "is_by_core"}
        | {"seen_ids", "seen_values", "is_forgotten", "is_queued", "error"}
    )

    name = fields.Char(compute="_compute_name")
    survivor_id = fields.Many2one(
        "res.partner",
        string="Remains",
        domain="[('id', 'in', partner_ids)]",
        ondelete="set null",
        index="btree_not_null",
        context={"active_test": False},
    )
    partner_ids = fields.Many2many(
        "res.partner", string="Contacts", context={"active_test": False}, copy=False
    )
    state = fields.Selection(
        [("draft", "Preview"), ("done", "Merged"), ("undone", "Taken Back")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    seen_ids = fields.Json(
        readonly=True, help="The contacts of the preview; others were not looked at."
    )
    seen_values = fields.Json(
        readonly=True, help="A digest of each value that differed in the preview."
    )
    line_ids = fields.One2many("kunden.merge.line", "merge_id", string="Values")
    redirect_ids = fields.One2many("kunden.merge.redirect", "merge_id", readonly=True)

    @api.depends("survivor_id", "redirect_ids", "partner_ids", "state")
    def _compute_name(self):
        for merge in self:
            gone = merge.redirect_ids.mapped("name") or (
                merge.partner_ids - merge.survivor_id
            ).mapped("display_name")
            names = [merge.survivor_id.display_name or "", *filter(None, gone)]
            merge.name = " ← ".join(names[:1] + [", ".join(names[1:])])

    @api.model_create_multi
    def create(self, vals_list):
        """A merge begins with its preview: what differs, and what is proposed."""
        merges = super().create(vals_list)
        (merges.partner_ids | merges.survivor_id).check_access("read")
        for merge in merges:
            if merge.survivor_id - merge.partner_ids:
                merge.sudo().partner_ids |= merge.survivor_id  # sudo: written by no caller
            merge._propose_survivor()
        merges.filtered(lambda merge: not merge.is_by_core)._propose()
        return merges

    def write(self, vals):
        """A preview follows who takes part and who remains; what is done stays."""
        if not self.env.su and any(merge.state != "draft" for merge in self):
            raise UserError(self.env._("A merge that is done stays as it is."))
        done = super().write(vals)
        if {"survivor_id", "partner_ids"} & vals.keys() and not self.env.su:
            (self.partner_ids | self.survivor_id).check_access("read")
            for merge in self:
                merge._propose_survivor()
            self._propose()
        return done

    @api.ondelete(at_uninstall=False)
    def _keep_done(self):
        if any(merge.state == "done" for merge in self):
            raise UserError(self.env._("A merge is kept as the journal of what was done."))

    @api.model
    def _prepare(self, partners):
        """The preview of merging these contacts, as an action that opens it."""
        return self.create({"partner_ids": [Command.set(partners.ids)]})._open()

    @api.model
    def start(self, partner_ids):
        """For the action menu: the preview of merging these contacts; others can join there."""
        partners = self.env["res.partner"].browse(partner_ids).exists()
        partners.check_access("write")
        return self._prepare(partners)

    def action_look_anew(self):
        """The preview of who takes part by now."""
        self.ensure_one()
        self.check_access("write")
        self._propose_survivor()
        self._propose()
        return True

    def action_open_survivor(self):
        """The contact that remained."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.survivor_id.id,
            "views": [(False, "form")],
        }

    def _open(self):
        """The form of this merge."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kunden_crm.action_merges")
        return action | {"res_id": self.id, "view_mode": "form", "views": [(False, "form")]}

    def _propose_survivor(self):
        """Who has a log-in remains, else who core would keep: the oldest active file."""
        if self.partner_ids and self.survivor_id not in self.partner_ids:
            # sudo: whether a contact has a log-in is asked whoever merges
            with_user = self.partner_ids.sudo().filtered("user_ids")
            wizard = self.env["base.partner.merge.automatic.wizard"]
            partners = self.partner_ids.browse(with_user.ids) or self.partner_ids
            # sudo: it is a proposal, which the caller need not have written
            self.sudo().survivor_id = wizard._get_ordered_partner(partners.ids)[-1:]
