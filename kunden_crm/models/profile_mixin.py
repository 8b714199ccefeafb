import re

from odoo import api, fields, models

from ..kernel.profiles import read_profile
from ..kernel.text import clean_text

# What a browser runs instead of opening it, and other addresses than those of the web.
_NOT_WEB = re.compile(
    r"(?:javascript|vbscript|data):|(?!https?:)[a-z][a-z0-9+.-]*://", re.IGNORECASE
)


class KundenProfileMixin(models.AbstractModel):
    """Where somebody is found online."""

    _name = "kunden.profile.mixin"
    _inherit = "kunden.reading.mixin"
    _description = "Online Presence"

    online_profile_ids = fields.One2many(
        "kunden.profile",
        "partner_id",
        string="Online Profiles",
        groups="kunden_crm.group_reader",
    )
    website_problem = fields.Char(
        compute="_compute_website_problem", help="Why the website is no address of a homepage."
    )

    @api.model
    def _what_may_be_empty(self):
        return super()._what_may_be_empty() | {
            "online_profile_ids": (
                (),
                "EXISTS (SELECT FROM kunden_profile WHERE partner_id = partner.id)",
            ),
        }

    @api.depends("website")
    @api.depends_context("lang")
    def _compute_website_problem(self):
        explain = self.env["kunden.profile"]._explain
        for partner in self:
            read = read_profile("website", partner.website)
            wrong = partner.website and not read.valid
            partner.website_problem = wrong and explain(partner.website, "website", read.reason)

    def _clean_website(self, website):
        """Core puts http:// before what has no scheme; so is what a browser would run.

        No door refuses a website: the text stays readable, leads nowhere and is marked.
        """
        website = clean_text(website if isinstance(website, str) else str(website or ""))
        if _NOT_WEB.match(website):
            return f"http://{website}"
        return website and super()._clean_website(website)
