from hashlib import sha256

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

# What a merge settles without a question: sums, marks of the moment, what follows other values.
SETTLED = {
    "calendar_last_notif_ack",
    "channel_ids",
    "color",
    "customer_rank",
    "customer_stage_kept_on",
    "customer_stage_proposal",
    "household_declined_ids",
    "meeting_ids",
    "message_bounce",
    "partner_latitude",
    "partner_longitude",
    "peppol_verification_state",
    "signup_type",
    "supplier_rank",
}
# Values that belong together come from one contact.
BLOCKS = (
    ("name", "firstname", "lastname"),
    ("street", "street2", "zip", "city", "state_id", "country_id"),
    ("household_id", "household_role"),
    ("parent_id", "type"),
)
# Where two values have room: beside each other, or in the notes.
ROOMY = ("phone", "mobile", "email", "website", "comment")
# In this order they are shown; what is not named stands between, the home and the notes last.
FIRST = ("name", "firstname", "lastname", "street", "street2", "zip", "city", "country_id")
FIRST += ("state_id", "phone", "mobile", "email", "website")
HOME = ("household_id", "household_role", "parent_id", "type", "company_id")
_NEWEST = """
SELECT DISTINCT ON (name) name, partner_id FROM (
    SELECT field.name, message.res_id AS partner_id, message.date
      FROM mail_message AS message
      JOIN mail_tracking_value AS value ON value.mail_message_id = message.id
      JOIN ir_model_fields AS field ON field.id = value.field_id
     WHERE message.model = 'res.partner' AND message.res_id = ANY(%(ids)s)
    UNION ALL
    SELECT field.name, change.partner_id, change.date
      FROM kunden_field_change AS change
      JOIN kunden_field AS entry ON entry.id = change.catalogue_id
      JOIN ir_model_fields AS field ON field.id = entry.field_id
     WHERE change.partner_id = ANY(%(ids)s)) AS written
 ORDER BY name, date DESC
"""


class KundenMergeChoiceMixin(models.AbstractModel):
    """In what the contacts differ, and whose value is proposed."""

    _name = "kunden.merge.choice.mixin"
    _description = "Choosing Values"

    @api.model
    def _mergeable(self):
        """The names of the fields that a person would compare."""
        return [
            name
            for name, field in self.env["res.partner"]._fields.items()
            if field.store
            and field.type != "one2many"
            and not (field.compute and field.readonly and not field.inverse)
            and not field.related
            and name not in models.MAGIC_COLUMNS
            and name not in SETTLED
        ]

    def _propose(self):
        """Lines for all that differs, whoever may see it, with the better value chosen."""
        # sudo: what the user may not see is proposed too, and only not shown
        for merge in self.sudo().with_context(active_test=False):
            sides = merge._sides()
            newest = dict(self.env.execute_query(SQL(_NEWEST, ids=merge.partner_ids.ids)))
            lines = []
            for name in sides:
                chosen, reason = merge._better(name, sides, newest)
                both = reason == "both"
                lines.append(
                    {
                        "sequence": _place(name),
                        "name": name,
                        "chosen_id": chosen,
                        "both": both,
                        "reason": reason,
                    }
                )
            merge.line_ids = [Command.clear(), *map(Command.create, lines)]
            merge.seen_ids = sorted(merge.partner_ids.ids)
            merge.seen_values = _digests(sides)

    def _refuse_unseen(self):
        """UserError where a value is no longer what the preview showed."""
        # sudo: what the user may not see is merged too; by name he is told what he may
        now = _digests(self.sudo().with_context(active_test=False)._sides())
        seen = self.seen_values or {}
        changed = [name for name in {**seen, **now} if seen.get(name) != now.get(name)]
        if changed:
            partners = self.env["res.partner"]
            fields = [partners._fields[name] for name in changed if name in partners._fields]
            labels = [
                field._description_string(self.env)
                for field in fields
                if partners._has_field_access(field, "read")
            ]
            raise UserError(
                self.env._(
                    "Somebody has changed these contacts since: %s. Please look at it anew.",
                    ", ".join(labels) or self.env._("protected values"),
                )
            )

    def _sides(self):
        """Field -> {id of a contact: its value}, for the fields in which they differ."""
        self.ensure_one()
        self.env.flush_all()
        sides = {}
        for name in self._mergeable():
            field = self.partner_ids._fields[name]
            values = {
                partner.id: field.convert_to_write(partner[name], partner)
                for partner in self.partner_ids
            }
            first, *others = (value or None for value in values.values())
            if any(value != first for value in others):
                sides[name] = values
        return sides

    def _better(self, name, sides, newest):
        """Whose value is proposed, and why."""
        values, survivor = sides[name], self.survivor_id.id
        field = self.partner_ids._fields[name]
        filled = [partner_id for partner_id, value in values.items() if value]
        if field.type == "many2many" or (name in ROOMY and len(filled) > 1):
            first = newest.get(name) if newest.get(name) in filled else None
            return first or (survivor if survivor in filled else filled[0]), "both"
        if field.type == "boolean":
            if name == "is_company":
                return survivor, "survivor"
            return (survivor if survivor in filled else filled[0]), "caution"
        if name == "customer_stage" and "customer" in values.values():
            stages = {stage: partner_id for partner_id, stage in values.items()}
            return stages["customer"], "caution"
        block = next((block for block in BLOCKS if name in block), None)
        if block:
            return self._better_block(block, sides, newest)
        if len(filled) == 1:
            return filled[0], "only"
        if newest.get(name) in filled:
            return newest[name], "newest"
        return self._fuller(values, filled)

    def _better_block(self, block, sides, newest):
        """Whose values of a block are proposed: the newest, else the fullest."""
        names = [name for name in block if name in sides]
        survivor = self.survivor_id.id
        counts = {
            partner.id: sum(bool(sides[name][partner.id]) for name in names)
            for partner in self.partner_ids
        }
        written = [newest[name] for name in names if counts.get(newest.get(name))]
        if written:
            return written[0], "newest"
        most = max(counts.values())
        fullest = [partner_id for partner_id, count in counts.items() if count == most]
        if len(fullest) == 1:
            return fullest[0], "fuller" if counts[survivor] else "only"
        texts = {
            partner_id: " ".join(str(sides[name][partner_id]) for name in names)
            for partner_id in fullest
        }
        return self._fuller(texts, fullest)

    def _fuller(self, values, filled):
        """The one text that says all that the others say, else the survivor's."""
        survivor = self.survivor_id.id
        words = {partner_id: set(str(values[partner_id]).lower().split()) for partner_id in filled}
        for partner_id in filled:
            if all(words[other] < words[partner_id] for other in filled if other != partner_id):
                return partner_id, "fuller"
        return (survivor, "survivor") if survivor in filled else (filled[0], "survivor")


def _digests(sides):
    """Field -> digest of the values of all sides; of protected ones too, so no value is kept."""
    return {
        name: sha256(repr(sorted(values.items())).encode()).hexdigest()[:16]
        for name, values in sides.items()
    }


def _place(name):
    """Where a field stands in the comparison."""
    if name in FIRST:
        return FIRST.index(name)
    if name in HOME:
        return 200 + HOME.index(name)
    return 150 if name == "comment" else 100
