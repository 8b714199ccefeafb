from odoo.http import request

from odoo.addons.mail.controllers.mail import MailController


class MergedContactLink(MailController):
    """A link in an old mail leads to the contact into which the one it means was merged."""

    @classmethod
    def _redirect_to_record(cls, model, res_id, access_token=None, **kwargs):
        if model == "res.partner" and res_id:
            res_id = request.env["kunden.merge.redirect"]._lead_id(int(res_id)) or res_id
        return super()._redirect_to_record(model, res_id, access_token, **kwargs)
