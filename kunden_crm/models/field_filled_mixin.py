from odoo import models

_CORRECTED = {"phone": "phone_problem", "mobile": "mobile_problem"}


class KundenFieldFilledMixin(models.AbstractModel):
    """Notes what a person completes or corrects when he saves the form of a contact."""

    _name = "kunden.field.filled.mixin"
    _description = "What a Colleague Completes"

    def web_save(self, vals, specification, next_id=None):
        """Save the form; a number or an address that can be read now is noted as corrected.

        A list that changes several contacts at once saves each of them for itself.
        """
        if len(self) > 1:
            return self.web_save_multi([vals] * len(self), specification)
        wrong = [name for name in (*_CORRECTED, "email") if name in vals and self._is_wrong(name)]
        if "email" in wrong and self.message_bounce and vals["email"] != self.email:
            # what bounced was the old address
            vals = {**vals, "message_bounce": 0}
        saved = super().web_save(vals, specification, next_id)
        done = [(self.id, None, name) for name in wrong if self[name] and not self._is_wrong(name)]
        if done:
            self.env["kunden.field.filled"]._note("corrected", done, wrong)
        return saved

    def _is_wrong(self, name):
        """Whether nobody is reached by what stands in this field."""
        if not self[name]:
            return False
        if name == "email":
            return bool(self.message_bounce) or not self.email_normalized
        return bool(self[_CORRECTED[name]])

    def _note_completed(self, before, after, vals_list):
        """Note what was missing in these files before a person saved, and is there now."""
        done = [
            (partner.id, entry_id, None)
            for partner in self
            if (was := before.get(partner.id)) and was[1] == after[partner.id][1]
            for entry_id in was[0] - after[partner.id][0]
        ]
        if done:
            commands = [each for vals in vals_list for each in vals.get("child_ids") or ()]
            inner = (each[2] for each in commands if len(each) > 2 and isinstance(each[2], dict))
            typed = set().union(*vals_list, *inner)
            self.env["kunden.field.filled"]._note("completed", done, typed)
