from odoo import models
from odoo.tools import format_list

_TYPE = "kunden_crm.activity_type_complete"


class KundenFieldWorkMixin(models.AbstractModel):
    """ACT: asks the owners of incomplete files to complete them."""

    _name = "kunden.field.work.mixin"
    _description = "Work on Incomplete Files"

    def action_ask_owners(self):
        """One activity per incomplete file for its owner, or for oneself where it has none."""
        kind = self.env.ref(_TYPE)
        asked = self.env["mail.activity"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("activity_type_id", "=", kind.id),
            ]
        )
        incomplete = self.filtered("missing_field_ids")
        todo = incomplete - self.browse(asked.mapped("res_id"))
        todo._ask_owners(kind)
        told = self.env._(
            "%(asked)s owners asked, %(already)s had been asked before, %(complete)s files are"
            " complete.",
            asked=len(todo),
            already=len(incomplete - todo),
            complete=len(self - incomplete),
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if todo else "info",
                "message": told,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _ask_owners(self, kind):
        """An activity of that kind per file."""
        # sudo: the model of contacts is named by its id
        model = self.env["ir.model"].sudo()._get(self._name)
        self.env["mail.activity"].create(
            [
                {
                    "res_model_id": model.id,
                    "res_id": partner.id,
                    "activity_type_id": kind.id,
                    "user_id": (partner.user_id or self.env.user).id,
                    "summary": self.env._(
                        "Missing: %s",
                        format_list(self.env, partner.missing_field_ids.mapped("name")),
                    ),
                }
                for partner in self
            ]
        )
