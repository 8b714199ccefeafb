from odoo import models
from odoo.tools import format_list

_TYPE = "kunden_crm.activity_type_complete"


class KundenFieldWorkMixin(models.AbstractModel):
    """ACT: asks the owners of files to complete or correct them."""

    _name = "kunden.field.work.mixin"
    _description = "Work on Files That Are Not in Order"

    def action_ask_owners(self):
        """One activity per incomplete file for its owner, or for oneself where it has none."""
        asked = self._asked_owners()
        incomplete = self.filtered("missing_field_ids")
        todo = incomplete - asked
        todo._ask_owners(
            lambda partner: self.env._(
                "Missing: %s", format_list(self.env, partner.missing_field_ids.mapped("name"))
            )
        )
        told = self.env._(
            "%(asked)s owners asked, %(already)s had been asked before, %(complete)s files are"
            " complete.",
            asked=len(todo),
            already=len(incomplete - todo),
            complete=len(self - incomplete),
        )
        return self._told(told, bool(todo))

    def action_ask_to_correct(self):
        """One activity per file for its owner, or for oneself where it has none.

        The list says of which figure these files are; it is no more than a word in the activity.
        """
        words = self.env["kunden.field.quality"]._words("measure")
        measure = words.get(self.env.context.get("quality_measure"))
        summary = self.env._("Please check: %s", measure or self.env._("Details"))
        todo = self - self._asked_owners([("summary", "=", summary)])
        todo._ask_owners(lambda _partner: summary)
        told = self.env._(
            "%(asked)s owners asked, %(already)s had been asked before.",
            asked=len(todo),
            already=len(self - todo),
        )
        return self._told(told, bool(todo))

    def _asked_owners(self, domain=()):
        """Those of these files whose owner has such an activity."""
        kind = self.env.ref(_TYPE)
        of_these = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        asked = [("activity_type_id", "=", kind.id), *of_these, *domain]
        return self.browse(self.env["mail.activity"].search(asked).mapped("res_id"))

    def _ask_owners(self, summary):
        """An activity per file; `summary` makes its text of the contact."""
        # sudo: the model of contacts is named by its id
        model = self.env["ir.model"].sudo()._get(self._name)
        asking = {"res_model_id": model.id, "activity_type_id": self.env.ref(_TYPE).id}
        self.env["mail.activity"].create(
            [
                {
                    **asking,
                    "res_id": partner.id,
                    "user_id": (partner.user_id or self.env.user).id,
                    "summary": summary(partner),
                }
                for partner in self
            ]
        )

    def _told(self, message, done):
        """A notice of what was done; the page shows it anew."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if done else "info",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
