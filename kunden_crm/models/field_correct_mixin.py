from odoo import models

_TYPE = "kunden_crm.activity_type_complete"


class KundenFieldCorrectMixin(models.AbstractModel):
    """ACT: asks the owners of files that a figure of the data quality counts to put them right."""

    _name = "kunden.field.correct.mixin"
    _description = "Work on Files That Are Not in Order"

    def action_ask_to_correct(self):
        """One activity per file for its owner, or for oneself where it has none.

        The list says of which figure these files are; it is no more than a word in the activity.
        """
        words = self.env["kunden.field.quality"]._words("measure")
        measure = words.get(self.env.context.get("quality_measure"))
        summary = self.env._("Please check: %s", measure or self.env._("Details"))
        kind = self.env.ref(_TYPE)
        asked = self.env["mail.activity"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("activity_type_id", "=", kind.id),
                ("summary", "=", summary),
            ]
        )
        todo = self - self.browse(asked.mapped("res_id"))
        # sudo: the model of contacts is named by its id
        model = self.env["ir.model"].sudo()._get(self._name)
        asking = {"res_model_id": model.id, "activity_type_id": kind.id, "summary": summary}
        self.env["mail.activity"].create(
            [
                {**asking, "res_id": each.id, "user_id": (each.user_id or self.env.user).id}
                for each in todo
            ]
        )
        told = self.env._(
            "%(asked)s owners asked, %(already)s had been asked before.",
            asked=len(todo),
            already=len(self - todo),
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
