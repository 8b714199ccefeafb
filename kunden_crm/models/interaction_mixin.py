from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain


class KundenInteractionMixin(models.AbstractModel):
    """What was said with a customer, how to log it, and when to come back to it.

    A contact person shows the own interactions. A company, or a private customer with addresses,
    shows those of all its contacts too.
    """

    _name = "kunden.interaction.mixin"
    _inherit = "kunden.reading.mixin"
    _description = "Interactions of a Contact"

    interaction_ids = fields.One2many(
        "kunden.interaction", "partner_id", groups="kunden_crm.group_reader"
    )
    interaction_count = fields.Integer(
        string="Number of Interactions",
        compute="_compute_interaction_figures",
        groups="kunden_crm.group_reader",
    )
    last_interaction_date = fields.Datetime(
        string="Last Interaction",
        compute="_compute_interaction_figures",
        search="_search_last_interaction_date",
        groups="kunden_crm.group_reader",
    )

    @api.model
    def _what_may_be_empty(self):
        ever = """
            EXISTS (SELECT FROM kunden_interaction WHERE partner_id = partner.id)
            OR EXISTS (SELECT FROM kunden_interaction
                         JOIN res_partner AS contact ON contact.id = partner_id
                        WHERE contact.commercial_partner_id = partner.id)
        """
        return super()._what_may_be_empty() | {
            "interaction_count": (0, ever),
            "last_interaction_date": (None, ever),
        }

    @api.depends("interaction_ids.date", "child_ids.interaction_ids.date")
    def _compute_interaction_figures(self):
        groups = self.env["kunden.interaction"]._read_group(
            self._interaction_domain(), ["partner_id"], ["__count", "date:max"]
        )
        counts, dates = Counter(), {}
        for contact, count, date in groups:
            for holder in contact | contact.commercial_partner_id:
                counts[holder] += count
                dates[holder] = max(date, dates.get(holder, date))
        for partner in self:
            partner.interaction_count = counts[partner._origin]
            partner.last_interaction_date = dates.get(partner._origin)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_interactions(self):
        # sudo: what one may not see is history all the same; only a yes leaves
        interactions = self.env["kunden.interaction"].sudo()
        if interactions.search_count([("partner_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("Talks with a customer are history. Archive the customer instead.")
            )

    def _interaction_domain(self):
        """The interactions that the files of these contacts show."""
        heads = self.filtered(lambda p: p.commercial_partner_id._origin == p._origin)
        return Domain("partner_id", "in", (self - heads).ids) | Domain(
            "partner_id.commercial_partner_id", "in", heads.ids
        )

    def _search_last_interaction_date(self, operator, value):
        # core asks for the right to search a column, not to search what is computed
        self._check_field_access(self._fields["last_interaction_date"], "read")
        if operator in (">", ">="):
            return self._with_interaction(Domain("date", operator, value))
        ever = self._with_interaction(Domain.TRUE)
        if operator in ("<", "<="):
            later = Domain("date", ">=" if operator == "<" else ">", value)
            return ever & ~self._with_interaction(later)
        return ~ever if operator == "in" and not any(value) else NotImplemented

    @api.model
    def _with_interaction(self, domain):
        """The contacts whose file shows an interaction of the domain, as a domain."""
        own = Domain("interaction_ids", "any", domain)
        contacts = self.with_context(active_test=False)._search(own)
        company = self._field_to_sql(contacts.table, "commercial_partner_id", contacts)
        return own | Domain("id", "in", contacts.subselect(company))

    def _refusing(self, channel):
        """Those of the contacts who do not want to be approached on the channel."""
        refusal = f"do_not_{channel}"
        return self.filtered(refusal) if refusal in self._fields else self.browse()

    def _plan_follow_up(self, values):
        """Put the contacts back before somebody on a day: one activity each, in one batch."""
        activity = {
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "activity_type_id": self.env.ref("kunden_crm.activity_type_follow_up").id,
            "user_id": self.env.uid,
            **values,
        }
        return self.env["mail.activity"].create(
            [{**activity, "res_id": partner.id} for partner in self]
        )

    def action_log_call(self):
        """Open the dialogue that logs a telephone call with each of the contacts."""
        return self._action_log("phone", self.env._("Log Call"))

    def action_log_visit(self):
        """Open the dialogue that logs a visit to each of the contacts."""
        return self._action_log("visit", self.env._("Log Visit"))

    def action_log_counter(self):
        """Open the dialogue that logs a talk at the counter with each of the contacts."""
        return self._action_log("counter", self.env._("Log Talk at the Counter"), direction="in")

    def _action_log(self, channel, title, direction="out"):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "kunden.interaction.log",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_partner_ids": [Command.set(self.ids)],
                "default_channel": channel,
                "default_direction": direction,
            },
        }

    def action_open_interactions(self):
        """Open what was said with the contacts: the interactions that their files show."""
        action = self.env["ir.actions.act_window"]._for_xml_id("kunden_crm.action_interactions")
        default = {"default_partner_id": self.id} if len(self) == 1 else {}
        return {**action, "domain": list(self._interaction_domain()), "context": default}
