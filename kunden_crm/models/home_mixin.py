from odoo import api, models


class KundenHomeMixin(models.AbstractModel):
    """In which country a number or an address lies that names none."""

    _name = "kunden.home.mixin"
    _inherit = "kunden.merge.mixin"
    _description = "Country of a Contact"

    def _region(self, country_id):
        """The ISO code of that country; without one, of that of the company it belongs to."""
        code = self.env["res.country"]._codes().get(country_id)
        if code:
            return code
        homes = self.env["res.company"]._homes()
        for company in (self.company_id, self.env.company):
            _contact, code = homes.get(company.id, (None, ""))
            if code:
                return code
        return ""

    @api.model
    def _own_company_partner_ids(self):
        """The contacts that are the companies of this database."""
        return sorted({number for number, _code in self.env["res.company"]._homes().values()})

    def modified(self, fnames, create=False, before=False):
        """Where a company moves, every process is told."""
        done = super().modified(fnames, create, before)
        moved = "country_id" in fnames and not create and not before
        if moved and not set(self._own_company_partner_ids()).isdisjoint(self._ids):
            self.env.registry.clear_cache()
        return done

    def _after_merge(self, survivor, household, role):
        """The contact of a company may have gone; core re-points it without a word."""
        result = super()._after_merge(survivor, household, role)
        self.env.registry.clear_cache()
        return result
