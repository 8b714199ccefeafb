import json

from markupsafe import Markup

from odoo import models
from odoo.fields import Command
from odoo.tools import SQL, html2plaintext, is_html_empty

from .merge_choice_mixin import ROOMY

# Nobody gets a mail because two files become one.
QUIET = {
    "tracking_disable": True,
    "mail_notrack": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_create_nosubscribe": True,
    "mail_create_nolog": True,
}
# These are written first: what a contact is decides which of its values follow others.
_KIND = ("is_company", "company_id", "parent_id", "type")


class KundenMergeValueMixin(models.AbstractModel):
    """What the survivor will have, said before the merge and written after it."""

    _name = "kunden.merge.value.mixin"
    _description = "Values of a Merge"

    def _wanted(self):
        """What the survivor shall have after the merge, read before it.

        Shape: ({field: value to write}, {field: whole column with the values of all companies}).
        """
        self.ensure_one()
        self = self.with_context(active_test=False)
        values, columns, rest = {}, {}, []
        for line in self.line_ids:
            chosen = line.chosen_id or self.survivor_id
            field = chosen._fields.get(line.name)
            if not field:
                continue
            if field.company_dependent or field.type == "properties":
                columns[line.name] = chosen
            elif field.type == "many2many":
                people = self.partner_ids if line.both else chosen
                values[line.name] = [Command.set(people[line.name].ids)]
            else:
                values[line.name] = field.convert_to_write(chosen[line.name], chosen)
                if line.both and line.name in ROOMY:
                    rest.append(line)
        self._make_room(values, rest)
        return values, self._whole_columns(columns)

    def _preview(self):
        """What the survivor will have, in words: {field: text}, of what the user may see."""
        # sudo: which values go where is the same for everybody; what is shown is asked below
        values, columns = self.sudo()._wanted()
        partners, told = self.env["res.partner"], {}
        shown = partners.new(values)
        for name in [*values, *columns]:
            if partners._has_field_access(partners._fields[name], "read"):
                told[name] = self._told(shown if name in values else self._side(name), name)
        return told

    def _side(self, name):
        """The contact whose value of a field is taken."""
        return self.line_ids.filtered(lambda line: line.name == name).chosen_id

    def _make_room(self, values, lines):
        """Values that are taken beside the chosen one: a second number as mobile, else a note."""
        survivor, notes = self.survivor_id, []
        comments = [values.get("comment", survivor.comment)]
        for line in lines:
            others = (self.partner_ids - line.chosen_id).mapped(line.name)
            others = [value for value in dict.fromkeys(others) if value]
            if line.name == "comment":
                comments += [value for value in others if value not in comments]
                continue
            mobile = values.get("mobile", survivor.mobile)
            there = {values.get("phone", survivor.phone), mobile, values[line.name]}
            others = [value for value in others if value not in there]
            if line.name == "phone" and others and not mobile:
                values["mobile"] = others.pop(0)
            notes += [
                Markup("<p>%s</p>")
                % self.env._("Also %(field)s: %(value)s", field=line.label, value=v)
                for v in others
            ]
        parts = [Markup(part) for part in comments if part and not is_html_empty(part)] + notes
        if "comment" in values or notes:
            values["comment"] = Markup("").join(parts) or False

    def _whole_columns(self, columns):
        """The columns with values of all companies: the chosen side's, filled up from others."""
        if not columns:
            return {}
        names = SQL(", ").join(map(SQL.identifier, columns))
        select = SQL(
            "SELECT id, %s FROM res_partner WHERE id = ANY(%s)", names, self.partner_ids.ids
        )
        rows = {row["id"]: row for row in self._dicts(select)}
        company, whole = str(self.env.company.id), {}
        for name, chosen in columns.items():
            own = rows[chosen.id][name] or {}
            order = [self.survivor_id, *(self.partner_ids - self.survivor_id)]
            filled = {}
            for partner in reversed(order):
                filled |= rows[partner.id][name] or {}
            filled |= own
            if company not in own and self.env["res.partner"]._fields[name].company_dependent:
                filled.pop(company, None)
            whole[name] = filled or None
        return whole

    def _dicts(self, statement):
        self.env.cr.execute(statement)
        return self.env.cr.dictfetchall()

    def _apply(self, wanted):
        """Brings the survivor what was chosen, where core's merge came to something else."""
        values, columns = wanted
        survivor = self.survivor_id.with_context(**QUIET)
        if columns:
            self.env.cr.execute(
                SQL(
                    "UPDATE res_partner SET %s WHERE id = %s",
                    SQL(", ").join(
                        SQL(
                            "%s = %s",
                            SQL.identifier(name),
                            value and SQL("%s::jsonb", json.dumps(value)),
                        )
                        for name, value in columns.items()
                    ),
                    survivor.id,
                )
            )
            survivor.invalidate_recordset(list(columns), flush=False)
            survivor.modified(list(columns))
        self._write_where_other(survivor, {n: v for n, v in values.items() if n in _KIND})
        # what a contact is carries values along: what was chosen is written after it
        self._write_where_other(survivor, values)

    def _write_where_other(self, survivor, values):
        other = {name: value for name, value in values.items() if not _has(survivor, name, value)}
        if other:
            survivor.write(other)

    def _freeze(self):
        """What stood on each side, for whoever reads later; nothing of protected fields."""
        partners = self.env["res.partner"]
        for line in self.line_ids:
            field = partners._fields.get(line.name)
            hidden = not field or field.groups or line.name in partners._kunden_protected
            texts = {str(p.id): self._told(p, line.name) for p in self.partner_ids}
            # who goes is no longer there to be named: his number is kept beside the texts
            line.told = not hidden and {"taken": line.chosen_id.id, "texts": texts}

    def _told(self, partner, name):
        """A value as people read it."""
        field, value = partner._fields[name], partner[name]
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if field.type == "binary":
            return self.env._("Picture") if value else ""
        if field.type == "html":
            return html2plaintext(value or "").strip()
        if field.type == "properties":
            held = field.convert_to_read(value, partner) if value else []
            return ", ".join(
                f"{item['string']}: {item['value']}" for item in held if item.get("value")
            )
        return partner._told_value(name, zero=False)


def _has(survivor, name, value):
    """Whether the survivor has this value to write already."""
    field = survivor._fields[name]
    if field.type == "many2many":
        return set(survivor[name].ids) == set(value[0][2])
    return (field.convert_to_write(survivor[name], survivor) or False) == (value or False)
