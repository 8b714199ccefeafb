from odoo import api, fields, models
from odoo.tools import SQL

# Tables of what we compute ourselves, and of the moment: nobody asks what hangs on them.
_UNSAID = {
    "kunden_merge",
    "kunden_merge_line",
    "kunden_merge_redirect",
    "kunden_search_key",
    "kunden_field_filled",
    "kunden_match_candidate",
    "kunden_match_due",
    "kunden_match_key",
    "kunden_import_value",
    "kunden_payment_balance",
    "kunden_standard_line",
    "mail_followers",
    "mail_notification",
    "mail_message",
    "discuss_channel_member",
    "website_visitor",
}


class KundenMergeAttachedMixin(models.AbstractModel):
    """What hangs on each contact, what stands in the way, and what to think of before."""

    _name = "kunden.merge.attached.mixin"
    _description = "What Hangs on Contacts"

    blockers = fields.Text(compute="_compute_hints", string="In the Way")
    hints = fields.Text(compute="_compute_hints", string="To Think Of")

    @api.depends("partner_ids", "survivor_id", "state")
    @api.depends_context("uid", "lang")
    def _compute_hints(self):
        for merge in self:
            draft = merge.state == "draft" and len(merge.partner_ids) > 1
            merge.blockers = "\n".join(merge._blockers()) if draft else False
            merge.hints = "\n".join(merge._hints()) if draft else False

    def _blockers(self):
        """Why these contacts cannot become one, in words."""
        # sudo: what stands in the way is said whoever merges
        partners = self.sudo().with_context(active_test=False).partner_ids
        told = []
        if self.seen_ids and sorted(partners.ids) != self.seen_ids:
            told.append(self.env._("Somebody has merged one of these contacts meanwhile."))
        if len(partners.user_ids) > 1:
            told.append(self.env._("Several of them have a log-in of their own."))
        above = partners.parent_id
        while above.parent_id - above:
            above |= above.parent_id
        if partners & above:
            told.append(self.env._("One of them is the company of another one."))
        return told

    def _hints(self):
        """What to think of before, in words."""
        partners = self.with_context(active_test=False).partner_ids
        told = []
        if len(set(partners.mapped("is_company"))) > 1:
            told.append(self.env._("A company and a person would become one."))
        if len(partners.partner_company_type_id) > 1:
            told.append(self.env._("They have different legal forms: are they one company?"))
        if len(set(filter(None, partners.mapped("birthdate_date")))) > 1:
            told.append(self.env._("They have different dates of birth: are they one person?"))
        if len(partners.company_id) > 1:
            told.append(self.env._("They belong to different companies of yours."))
        labels = self._labelled()
        for table, number in self._collisions().items():
            if table in labels:
                said = {"what": labels[table][1], "number": number}
                told.append(
                    self.env._(
                        "%(what)s: %(number)s stand there twice; those of the contact that "
                        "remains stay, the others go into the journal.",
                        **said,
                    )
                )
        return told

    @api.model
    def _labelled(self):
        """Table -> (model, what its rows are called), of the models that the user may read."""
        labels = {}
        own = {
            "account.move": self.env._("Invoices"),
            "sale.order": self.env._("Orders"),
            "res.users": self.env._("Log-ins"),
            "res.partner": self.env._("Contact Persons and Addresses"),
            "survey.user_input": self.env._("Surveys"),
            "account.payment": self.env._("Payments"),
            "crm.lead": self.env._("Opportunities"),
        }
        for name in self.env:
            model = self.env[name]
            if model._abstract or model._transient or model._table in _UNSAID:
                continue
            if model.has_access("read"):
                labels[model._table] = model, own.get(name) or self.env["ir.model"]._get(name).name
        return labels

    def _attached(self):
        """What the user may see hanging on each contact: {id: [(what, how many), ...]}."""
        labelled, columns = self._labelled(), {}
        for table, column in self._pointing():
            if table in labelled:
                columns.setdefault(table, "parent_id" if table == "res_partner" else column)
        self.env.flush_all()
        counts = [self._counted(labelled[table][0], name) for table, name in columns.items()]
        found = {partner_id: [] for partner_id in self.partner_ids.ids}
        for table, partner_id, number in self.env.execute_query(
            SQL(" UNION ALL ").join(filter(None, counts))
        ):
            found[partner_id].append((labelled[table][1], number))
        return {partner_id: sorted(items) for partner_id, items in found.items()}

    def _counted(self, model, name):
        """The statement that counts the rows of a model by contact; None for a hidden column."""
        field = model._fields.get(name)
        if not field or not model._has_field_access(field, "read"):
            return None
        rows = model.with_context(active_test=False)
        query = rows._search([(name, "in", self.partner_ids.ids)], bypass_access=self.env.su)
        column = rows._field_to_sql(query.table, name, query)
        query.order, query.groupby = None, column
        return query.select(SQL("%s", model._table), column, SQL("count(*)"))
