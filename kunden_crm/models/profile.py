from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..kernel.profiles import detect_kind, read_profile


class KundenProfile(models.Model):
    """FACT: where a customer shows himself online, one address per profile."""

    _name = "kunden.profile"
    _description = "Online Profile"
    _order = "partner_id, sequence, id"
    _rec_name = "url"

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("website", "Homepage"),
            ("linkedin", "LinkedIn"),
            ("xing", "Xing"),
            ("facebook", "Facebook"),
            ("instagram", "Instagram"),
            ("x", "X"),
            ("youtube", "YouTube"),
        ],
        required=True,
        help="Found by the address where nothing is chosen.",
    )
    url = fields.Char(string="Address", required=True)
    handle = fields.Char(readonly=True, help="The name on the network.")

    _url_once = models.UniqueIndex(
        "(partner_id, url)", "This customer has that online profile already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Stores the one address of each profile, whatever was pasted."""
        return super().create(
            [{**vals, **self._read_typed(vals.get("url"), vals.get("kind"))} for vals in vals_list]
        )

    def write(self, vals):
        """Reads the address again where it or its kind changes."""
        if not {"url", "kind"} & vals.keys():
            return super().write(vals)
        typed = self.grouped(lambda line: (vals.get("url", line.url), vals.get("kind", line.kind)))
        for (url, kind), lines in typed.items():
            super(KundenProfile, lines).write({**vals, **self._read_typed(url, kind)})
        return True

    @api.onchange("url", "kind")
    def _onchange_url(self):
        """Shows while typing what will be stored, or why it will be refused."""
        if not self.url:
            return None
        kind = self.kind or detect_kind(self.url) or "website"
        profile = read_profile(kind, self.url)
        if not profile.valid:
            return {
                "warning": {
                    "title": self.env._("This is no online profile"),
                    "message": self._explain(self.url, kind, profile.reason),
                }
            }
        self.update({"kind": kind, "url": profile.url, "handle": profile.handle})
        return None

    @api.model
    def _read_typed(self, url, kind):
        """The values that the kernel makes of what was typed; refuses what is no profile."""
        kind = kind or detect_kind(url) or "website"
        profile = read_profile(kind, url)
        if not profile.valid:
            raise ValidationError(self._explain(url, kind, profile.reason))
        return {"kind": kind, "url": profile.url, "handle": profile.handle or False}

    @api.model
    def _explain(self, url, kind, reason):
        """Why the kernel refused an address, in words."""
        network = dict(self._fields["kind"]._description_selection(self.env)).get(kind, kind)
        reasons = {
            "empty": self.env._("no address was entered."),
            "kind": self.env._("this kind of profile is not known."),
            "long": self.env._("it is too long for an address."),
            "scheme": self.env._("only addresses with http or https are allowed."),
            "signs": self.env._("there are characters in it that no address may have."),
            "login": self.env._("there is a user name in it."),
            "host": self.env._("this is not an address of %s.", network),
            "profile": self.env._("this page of %s is not a profile.", network),
        }
        return self.env._(
            "“%(url)s” cannot be stored as an online profile: %(reason)s",
            url=(url or "")[:100],
            reason=reasons[reason],
        )

    @api.model
    def _drop_doubles(self, merged, survivor):
        """Leaves one of each address to those who become one customer, the survivor's if any."""
        profiles = self.search([("partner_id", "in", (merged | survivor).ids)])
        kept, doubles = set(), self.browse()
        for profile in profiles.sorted(lambda line: (line.partner_id != survivor, line.id)):
            if profile.url in kept:
                doubles |= profile
            kept.add(profile.url)
        doubles.unlink()
