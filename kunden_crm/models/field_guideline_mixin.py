from odoo import api, models

# Whom a section of the guideline is about: the kinds of rules that ask this kind of customer.
_ASKED = {"company": ("any", "company"), "private": ("any", "person", "private")}


class KundenFieldGuidelineMixin(models.AbstractModel):
    """The recording guideline: what the staff record of whom, why and in which form."""

    _name = "kunden.field.guideline.mixin"
    _description = "Recording Guideline"

    @api.model
    def _guideline(self, company):
        """A section for each kind of customer: its name, goals with their lines, free fields.

        It holds the lines and rules that the user may read.
        """
        rules = self.env["kunden.field.rule"]
        asking = [
            ("id", "in", rules._in_force(rules._today())),
            ("company_id", "in", (False, company.id)),
        ]
        asking = rules.search(asking)
        every = [kind for kinds in _ASKED.values() for kind in kinds]
        entries = self.search([("customer_kind", "in", every)])
        names = dict(self._fields["customer_kind"]._description_selection(self.env))
        sections = []
        for kind, kinds in _ASKED.items():
            of_line = asking.filtered(lambda rule, kinds=kinds: rule.customer_kind in kinds)
            of_line = of_line.grouped("catalogue_id")
            here = entries.filtered(lambda entry, kinds=kinds: entry.customer_kind in kinds)
            goals = (here & self.browse().union(*of_line)).grouped(lambda entry: entry.goal_ids[:1])
            section = {
                "name": names[kind],
                "goals": [
                    (goal, [entry._guideline_line(of_line[entry]) for entry in lines])
                    for goal, lines in goals.items()
                ],
                "free": here.filtered(
                    lambda entry, asked=of_line: (
                        entry not in asked and (entry.goal_ids or entry.is_own)
                    )
                ),
            }
            section["goals"].sort(key=lambda part: (not part[0], part[0].sequence, part[0].id))
            sections.append(section)
        return sections

    def _guideline_line(self, rules):
        """What is told of a field: how strongly it is asked, why, where from, how long it stays."""
        self.ensure_one()
        required = rules.filtered(lambda rule: rule.level == "required")
        reasons = dict.fromkeys(filter(None, rules.mapped("reason")))
        return {
            "field": self,
            "required": bool(required),
            "asked": list(dict.fromkeys(rule._in_short(kind=False) for rule in rules)),
            "reason": "; ".join(reasons),
            "collected": ", ".join(self.collection_ids.mapped("name")),
            "basis": dict(self._fields["legal_basis"]._description_selection(self.env)).get(
                self.legal_basis
            ),
        }
