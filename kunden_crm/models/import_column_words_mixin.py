from odoo import api, fields, models


class KundenImportColumnWordsMixin(models.AbstractModel):
    """What a column means in words, and what it could mean."""

    _name = "kunden.import.column.words.mixin"
    _description = "Column of a File in Words"

    sample_text = fields.Char(string="Examples", compute="_compute_texts")
    why_text = fields.Char(string="Recognised", compute="_compute_texts")

    @api.depends("samples", "why", "target", "certainty")
    def _compute_texts(self):
        words = {
            "kept": self.env._("as the last time"),
            "name": self.env._("technical name"),
            "label": self.env._("heading is the name of the field"),
            "synonym": self.env._("heading is known"),
            "content": self.env._("found by what stands in it"),
            "double": self.env._("heading stands there twice"),
            "chosen": self.env._("chosen by hand"),
        }
        for column in self:
            samples = [str(sample) for sample in column.samples or [] if sample not in (None, "")]
            column.sample_text = " · ".join(samples[:3])
            if column.target in (False, "", "ignore") and column.why != "double":
                column.why_text = self.env._("is not brought in")
            else:
                column.why_text = words.get(column.why, column.why)

    def _told_targets(self):
        """Target -> its label, for what these columns fill."""
        choices = self.target_choices(self[:1].batch_id.id)
        return {choice["value"]: choice["label"] for choice in choices}
