from markupsafe import Markup

from odoo import api, fields, models, tools
from odoo.exceptions import RedirectWarning, UserError
from odoo.tools import format_list

from ..kernel.blanks import is_blank

_BEFORE = ("draft", "sent")


class KundenFieldGateMixin(models.AbstractModel):
    """Asks, before a document takes effect, for what the rules require of its customer.

    A person is refused where a rule refuses, and may go on for a reason that is kept as a fact.
    What runs by itself goes on, and the document tells what its customer lacks.
    """

    _name = "kunden.field.gate.mixin"
    _description = "Gate for Mandatory Fields"

    # The field of a rule that says how it asks at this gate.
    _kunden_gate = None

    missing_note = fields.Char(compute="_compute_missing_note")

    @api.depends("partner_id", "company_id", "state")
    @api.depends_context("uid", "lang")
    def _compute_missing_note(self):
        unmet = self._before_gate()._unmet_at_gate()
        for document in self:
            document.missing_note = False
            if document in unmet and (rules := self._seen(unmet[document])):
                document.missing_note = self.env._(
                    "Missing for this customer: %s", self._names(rules.catalogue_id)
                )

    def _at_gate(self):
        """Those of these documents that the gate is for."""
        return self

    def _before_gate(self):
        return self._at_gate().filtered(lambda document: document.state in _BEFORE)

    def _beyond_refusal(self):
        """Extend me: documents that nobody can stop any more; they are confirmed and noted."""
        return self.browse()

    @api.model
    @tools.ormcache("today")
    def _gate_rule_ids(self, today):
        # sudo: whoever confirms is asked, also who may not read the rules
        rules = self.env["kunden.field.rule"].sudo()
        asking = rules.browse(rules._in_force(today)).filtered(
            lambda rule: rule.level == "required" and rule[self._kunden_gate] != "off"
        )
        return tuple(asking.ids)

    @api.model
    def _gate_rules(self):
        """The required rules that ask at this gate today; without any, there is no query."""
        # sudo: see _gate_rule_ids
        rules = self.env["kunden.field.rule"].sudo()
        return rules.browse(self._gate_rule_ids(rules._today()))

    def _gate_customers(self):
        """Who is asked: the customer of the document, and the company that he belongs to."""
        # sudo: whom a rule asks is judged on the whole contact; what leaves is chosen by _seen
        customer = self.partner_id._origin.sudo()
        return customer | customer.commercial_partner_id

    def _unmet_at_gate(self):
        """By document the rules that its customer does not meet; for all of them at once."""
        rules, unmet = self._gate_rules(), {}
        customers = {document: document._gate_customers() for document in self} if rules else {}
        # sudo: see _gate_customers
        people = self.env["res.partner"].sudo().union(*customers.values())
        gaps = people._gaps() if people else {}
        for rule in rules:
            entry_id, company = rule.catalogue_id.id, rule.company_id
            lacking = people.browse(number for number in people.ids if entry_id in gaps[number][0])
            asked = rule._asked_among(lacking.with_prefetch(people.ids))
            if rule.customer_stage == "customer":
                # whoever orders or is invoiced is a customer from then on
                new = people.filtered(lambda partner: partner.customer_stage != "customer")
                asked |= rule._asked_among(rule._lacking(new), "customer")
            for document, its_customers in customers.items():
                if any(
                    not company or company == (partner.company_id or document.company_id)
                    for partner in its_customers & asked
                ):
                    unmet[document] = unmet.get(document, rules.browse()) | rule
        return unmet

    @api.model
    def _seen(self, rules):
        """Those on fields that the user may see; what runs by itself sees what everybody sees."""
        if self.env.su:
            return rules.filtered(self._normal)
        partners = self.env["res.partner"]
        return rules.filtered(
            lambda rule: partners._has_field_access(
                partners._fields[rule.catalogue_id.technical_name], "read"
            )
        )

    @api.model
    def _names(self, entries):
        return format_list(self.env, entries.mapped("name"))

    def _refused(self):
        """By document the rules that stop the user here and that nobody has overridden.

        The pass is a fact that the dialogue has made; no word of the caller opens the gate.
        """
        unmet = self._before_gate()._unmet_at_gate()
        documents = self.browse().union(*unmet)
        passed = self.env["kunden.field.override"]._passed(documents)
        refused = {
            document: self._seen(unmet[document]).filtered(
                lambda rule, passes=passed[document.id]: (
                    rule[self._kunden_gate] == "refuse" and rule.catalogue_id.id not in passes
                )
            )
            for document in documents - documents._beyond_refusal()
        }
        return {document: rules for document, rules in refused.items() if rules}

    def _ask_at_gate(self):
        """Leads a person to the dialogue where something required is missing."""
        if self.env.su or not (refused := self._refused()) or not self.env.user._is_internal():
            return
        names = {"sale.order": "default_order_ids", "account.move": "default_move_ids"}
        raise RedirectWarning(
            self._refusal(refused),
            self.env.ref("kunden_crm.action_field_override_ask").id,
            self.env._("Confirm Anyway …"),
            {names[self._name]: [fields.Command.set(self.ids)]},
        )

    @api.model
    def _refusal(self, refused):
        """What is missing in which document, why, and by which rule."""
        if not refused:
            return self.env._("Nothing is missing any more.")
        told = [self.env._("Something that is required of the customer is missing:")]
        for document, rules in refused.items():
            customer = document._gate_customers()[:1].display_name
            told += ["", f"{document.display_name}, {customer}", *rules._lines()]
        return "\n".join(told)

    def _pass_gate(self, reason):
        """Go on for a written reason, which is kept; the gate then lets these documents pass."""
        self.check_access("write")
        refused = self._refused()
        texts, _days = self.env["kunden.field.placeholder"]._texts_and_days()
        if refused and is_blank(reason, texts):
            raise UserError(self.env._("Please write down why this cannot wait."))
        self.env["kunden.field.override"]._keep(refused, reason)
        told = self.env._("Confirmed although missing for this customer: %(names)s. %(reason)s")
        normal = {document: self._normal(rules) for document, rules in refused.items()}
        self._log_at_gate(
            {
                document: told % {"names": self._names(entries), "reason": reason}
                for document, entries in normal.items()
                if entries
            }
        )
        return self._go_through()

    @api.model
    def _normal(self, rules):
        """The fields of these rules that everybody may know of who reads the document."""
        partners = self.env["res.partner"]
        return rules.catalogue_id.filtered(
            lambda entry: (
                entry.sensitivity == "normal" and not partners._fields[entry.technical_name].groups
            )
        )

    def _note_at_gate(self):
        """Tells once per document what its customer lacks, unless somebody has given a reason."""
        unmet = self._at_gate()._unmet_at_gate()
        if not unmet:
            return
        documents = self.browse().union(*unmet)
        passed = self.env["kunden.field.override"]._passed(documents)
        left = {
            document: self._normal(rules).filtered(
                lambda entry, passes=passed[document.id]: entry.id not in passes
            )
            for document, rules in unmet.items()
        }
        told = self.env._("Missing for this customer: %s")
        noted = documents._noted_at_gate()
        bodies = {
            document: told % self._names(entries)
            for document, entries in left.items()
            if entries and document not in noted
        }
        messages = self._log_at_gate(bodies)
        messages.subtype_id = self.env.ref("kunden_crm.message_subtype_gap")

    def _noted_at_gate(self):
        """Those of these documents whose history tells already that something is missing."""
        # sudo: whether it has been told is no question of who may read the history
        messages = self.env["mail.message"].sudo()
        subtype = self.env.ref("kunden_crm.message_subtype_gap")
        told = messages.search(
            [
                ("model", "=", self._name),
                ("res_id", "in", self.ids),
                ("subtype_id", "=", subtype.id),
            ]
        )
        return self.browse(told.mapped("res_id"))

    def _log_at_gate(self, texts):
        """One note per document; the messages."""
        documents = self.browse().union(*texts)
        if not documents:
            return self.env["mail.message"]
        return documents._message_log_batch(
            {document.id: Markup("<p>%s</p>") % text for document, text in texts.items()}
        )
