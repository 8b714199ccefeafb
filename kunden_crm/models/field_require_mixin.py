from lxml import etree

from odoo import api, models

# What the client knows of a contact before it is saved, as expressions of a view.
_KINDS = {
    "person": "not is_company",
    "private": "not is_company and not parent_id",
    "company": "is_company",
}


class KundenFieldRequireMixin(models.AbstractModel):
    """Marks in the form what the rules require of a new file, with the reason.

    Kind, stage and period are known to the browser; what hangs on a condition is asked when the
    form is saved, and so is everything in a file that exists: an old one stays editable.
    """

    _name = "kunden.field.require.mixin"
    _description = "Mandatory Fields in the Views"

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        rules = self.env["kunden.field.rule"]._marks(self.env.company.id)
        return (*super()._get_view_cache_key(view_id, view_type, **options), rules)

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type in ("form", "list"):
            rules = self.env["kunden.field.rule"]
            # sudo: the reason is for whoever is asked, see kunden.field.rule
            asking = rules.sudo().browse(rules._marks(self.env.company.id))
            for entry, its_rules in asking.grouped("catalogue_id").items():
                self._require(arch, view_type, entry, its_rules)
        return arch, view

    @api.model
    def _require(self, arch, view_type, entry, rules):
        """The mark on each node of the field; where a form has none, one is added at its end."""
        name = entry.technical_name
        plain = rules.filtered(lambda rule: rule._condition().is_true())
        asks = " or ".join(f"({self._asking(rule)})" for rule in plain)
        for form in [arch, *arch.xpath(".//field[@name='child_ids']/form")]:
            nodes = [
                node
                for node in form.xpath(f".//field[@name='{name}']")
                if next(node.iterancestors("field", "form", "list")) is form
            ]
            if not nodes and view_type == "form" and asks:
                nodes = [self._add_node(form, name, asks)]
            for node in nodes if asks else ():
                self._mark(node, asks)

    @api.model
    def _mark(self, node, asks):
        """Required for a new file, beside what the view has asked so far."""
        before = node.get("required")
        already = before and before not in ("0", "False")
        node.set("required", f"({before}) or ({asks})" if already else asks)

    @api.model
    def _get_view_field_attributes(self):
        return [*super()._get_view_field_attributes(), "kunden_reason"]

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """The reason of a rule, for the client that marks the field."""
        told = super().fields_get(allfields, attributes)
        if attributes and "kunden_reason" in attributes:
            rules = self.env["kunden.field.rule"]
            # sudo: the reason is for whoever is asked; fields that he may not see are not in told
            for rule in rules.sudo().browse(rules._marks(self.env.company.id)).filtered("reason"):
                field = told.get(rule.catalogue_id.technical_name, {})
                field.setdefault("kunden_reason", rule.reason)
        return told

    @api.model
    def _asking(self, rule):
        """Whether the rule asks a new file, as an expression that the browser evaluates."""
        words = ["not id", "type == 'contact'"]
        if rule.customer_kind in _KINDS:
            words.append(_KINDS[rule.customer_kind])
        if rule.customer_stage:
            words.append(f"customer_stage == '{rule.customer_stage}'")
        return " and ".join(words)

    @api.model
    def _add_node(self, form, name, asks):
        """The field at the end of a form that lacks it, shown to whoever is asked for it."""
        group = form.find(".//group[@name='asked_fields']")
        if group is None:
            sheet = form.find(".//sheet")
            outer = form if sheet is None else sheet
            group = etree.SubElement(outer, "group", name="asked_fields")
        return etree.SubElement(group, "field", name=name, invisible=f"not ({asks})")
