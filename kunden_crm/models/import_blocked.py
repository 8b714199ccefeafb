import hashlib
import hmac

from odoo import api, fields, models
from odoo.tools import email_normalize

from ..kernel.search import fold


class KundenImportBlocked(models.Model):
    """FACT: somebody had his data erased; a hash tells him again, and nothing else does.

    Filled where data are erased. The hash is made with the secret of this database, so that nobody
    finds out from outside who is on the list.
    """

    _name = "kunden.import.blocked"
    _description = "Erased Contact"
    _log_access = False

    hash = fields.Char(required=True, index=True, readonly=True)
    date = fields.Date(default=fields.Date.context_today, readonly=True)

    @api.model
    def _hashes(self, values):
        """The hashes by which this person would be known again."""
        # sudo: the secret of the database never leaves this method
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret") or ""
        texts = []
        if email := email_normalize(values.get("email") or ""):
            texts.append(f"email {email}")
        name, born = fold(values.get("name") or ""), values.get("birthdate_date")
        if name and born:
            texts.append(f"born {' '.join(sorted(name.split()))} {born}")
        key = secret.encode()
        return [hmac.new(key, text.encode(), hashlib.sha256).hexdigest() for text in texts]

    @api.model
    def _among(self, values_list):
        """Which of these contacts have been erased: a yes or no for each."""
        # sudo: whether somebody is on the list is asked by every import
        blocked = self.sudo()
        if not blocked.search_count([], limit=1):
            return [False] * len(values_list)
        hashes = [self._hashes(values) for values in values_list]
        every = [one for some in hashes for one in some]
        known = set(blocked.search([("hash", "in", every)]).mapped("hash"))
        return [not known.isdisjoint(some) for some in hashes]

    @api.model
    def _block(self, values_list):
        """Remember these contacts, who have been erased, by their hashes alone."""
        hashes = {one for values in values_list for one in self._hashes(values)}
        # sudo: whoever erases data need not see the list
        known = set(self.sudo().search([("hash", "in", list(hashes))]).mapped("hash"))
        self.sudo().create([{"hash": one} for one in sorted(hashes - known)])
