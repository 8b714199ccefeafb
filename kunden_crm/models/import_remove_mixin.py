from psycopg2 import IntegrityError

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

# Tables of what a contact is itself, and of what is computed of it: nobody's work is lost there.
_OWN = {
    "kunden_contact_role_rel",
    "kunden_field_filled",
    "kunden_import_row",
    "kunden_import_value",
    "kunden_match_candidate",
    "kunden_merge",
    "kunden_merge_line",
    "kunden_merge_res_partner_rel",
    "kunden_payment_balance",
    "kunden_search_key",
    "kunden_standard_line",
    "mail_followers",
    "res_partner_res_partner_category_rel",
    "website_visitor",
}
# What stands for a contact without a foreign key: what people wrote, planned or put there.
_BESIDE = """
SELECT res_id, 'mail_message' FROM mail_message
 WHERE model = 'res.partner' AND res_id = ANY(%(ids)s)
   AND message_type NOT IN ('notification', 'auto_comment', 'user_notification')
UNION ALL
SELECT res_id, 'mail_activity' FROM mail_activity
 WHERE res_model = 'res.partner' AND res_id = ANY(%(ids)s)
UNION ALL
SELECT res_id, 'ir_attachment' FROM ir_attachment
 WHERE res_model = 'res.partner' AND res_id = ANY(%(ids)s) AND res_field IS NULL
UNION ALL
SELECT partner_id, 'kunden_import_value' FROM kunden_import_value
 WHERE partner_id = ANY(%(ids)s) AND batch_id IS DISTINCT FROM %(batch)s AND state = 'live'
UNION ALL
SELECT value.partner_id, 'edited'
  FROM kunden_import_value AS value
  JOIN res_partner AS partner ON partner.id = value.partner_id
 CROSS JOIN LATERAL (SELECT to_jsonb(partner) AS whole OFFSET 0) AS told
 WHERE value.id = ANY(%(lines)s) AND value.old IS DISTINCT FROM to_jsonb(%(mark)s)
"""
_MERGED = """
SELECT redirect.partner_id, bool_and(EXISTS (
           SELECT FROM kunden_import_value AS value
            WHERE value.batch_id = %(batch)s AND value.model = 'res.partner'
              AND value.field_name IS NULL AND value.res_id = redirect.old_id))
  FROM kunden_merge_redirect AS redirect WHERE partner_id = ANY(%(ids)s) GROUP BY partner_id
"""


class KundenImportRemoveMixin(models.AbstractModel):
    """Removing what an import has made, where nobody has built on it since."""

    _name = "kunden.import.remove.mixin"
    _description = "Removing What Was Imported"

    def _take_away(self, model, lines):
        """What becomes of records that were made: (line, state, reason, how it is counted)."""
        if model == "res.partner":
            return self._take_contacts(lines)
        records = self._contacts().env[model].browse(line["res_id"] for line in lines).exists()
        used = self._used(model, records)
        gone = [line for line in lines if line["res_id"] in set(records.ids) - used.keys()]
        said = [
            (line["id"], "kept", used.get(line["res_id"], self.env._("It is gone.")), "kept")
            for line in lines
            if line not in gone
        ]
        told = self._unlinked(records.browse(line["res_id"] for line in gone), gone)
        # core archives bank accounts that it is told to remove
        left = {line["id"] for line in gone if line["res_id"] in records.exists()._ids}
        reason = self.env._("Archived")
        archived = [
            (one, "kept", reason, "archived")
            for one, state, *_more in told
            if one in left and state == "undone"
        ]
        return said + archived + [one for one in told if one[0] not in left or one[1] == "kept"]

    def _used(self, model, records):
        """Why records stay: {id: reason}; interests and figures go as they came."""
        # sudo: whether anybody uses a tag or lives there does not depend on who looks
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        name = {"kunden.household": "household_id", "res.partner.category": "category_id"}
        if model not in name:
            return self._edited_records(records)
        told = self.env._("Other contacts use it.")
        used = partners._read_group([(name[model], "in", records.ids)], [name[model]])
        return {record.id: told for (record,) in used}

    def _edited_records(self, records):
        """Records that somebody has changed since they were made: {id: reason}."""
        told = self.env._("Somebody has changed it since.")
        return {
            record.id: told for record in records.sudo() if record.write_date != record.create_date
        }

    def _unlinked(self, records, lines):
        """Remove records; where that is refused, they stay, each with the reason."""
        try:
            with self.env.cr.savepoint():
                records.unlink()
        except (UserError, IntegrityError) as error:
            if len(lines) == 1:
                return [(lines[0]["id"], "kept", str(error), "kept")]
            middle = len(lines) // 2
            return self._unlinked(records[:middle], lines[:middle]) + self._unlinked(
                records[middle:], lines[middle:]
            )
        return [(line["id"], "undone", "", "removed") for line in lines]

    # Contacts

    def _take_contacts(self, lines):
        """Contacts go; those on whom something hangs are archived, those of a merge stay."""
        said, going = [], []
        merged = self.env._("It has become one with another contact, which stays.")
        for line in lines:
            if line["partner_id"] != line["res_id"]:
                said.append((line["id"], "kept", merged, "kept"))
            else:
                going.append(line)
        ids = [line["res_id"] for line in going]
        survivors = dict(self.env.execute_query(SQL(_MERGED, batch=self.id, ids=ids)))
        hanging = self._hanging(going, ids)
        removed, archived = [], {}
        for line in going:
            partner_id = line["res_id"]
            if survivors.get(partner_id) is False:
                told = self.env._("Another contact has become one with it.")
                said.append((line["id"], "kept", told, "kept"))
            elif partner_id in survivors:
                archived[line["id"]] = partner_id, self.env._("Merged contacts of this import.")
            elif partner_id in hanging:
                archived[line["id"]] = partner_id, hanging[partner_id]
            else:
                removed.append(line)
        contacts = self._contacts()
        for told in self._unlinked(contacts.browse(line["res_id"] for line in removed), removed):
            if told[1] == "undone":
                said.append(told)
            else:
                line = next(line for line in removed if line["id"] == told[0])
                archived[line["id"]] = line["res_id"], told[2]
        return said + self._archived(archived, contacts)

    def _archived(self, wanted, contacts):
        """Archive contacts ({line: (contact, reason)}); who logs in stays."""
        said = []
        with_login = self._with_login(contacts.browse(one for one, _reason in wanted.values()))
        going = contacts.browse(one for one, _reason in wanted.values() if one not in with_login)
        allowed = going._filtered_access("write")
        allowed.write({"active": False})
        for line_id, (partner_id, reason) in wanted.items():
            if partner_id in allowed._ids:
                said.append((line_id, "kept", self.env._("Archived: %s", reason), "archived"))
            else:
                said.append((line_id, "kept", reason, "kept"))
        return said

    def _hanging(self, lines, ids):
        """What hangs on contacts, in words: {id: reason}, of those on whom something does."""
        self.env.flush_all()
        statements = [
            SQL(
                "SELECT %(column)s, %(name)s FROM %(table)s WHERE %(column)s = ANY(%(ids)s)%(but)s",
                column=SQL.identifier(column),
                name=table,
                table=SQL.identifier(table),
                ids=ids,
                but=self._but(table, ids),
            )
            for table, column in self.env["kunden.merge"]._pointing()
            if table not in _OWN and (table, column) != ("kunden_merge_redirect", "partner_id")
        ]
        beside = SQL(
            _BESIDE,
            ids=ids,
            batch=self.id,
            lines=[line["id"] for line in lines],
            mark=self.env["kunden.import.value"]._mark(),
        )
        found = {}
        for partner_id, table in self.env.execute_query(SQL(" UNION ").join([*statements, beside])):
            found.setdefault(partner_id, set()).add(table)
        return {
            one: ", ".join(sorted(map(self._word_of_table, told))) for one, told in found.items()
        }

    def _but(self, table, ids):
        """The condition that a row is not of this step or import itself."""
        if table == "res_partner":
            return SQL(" AND id <> ALL(%s)", ids)
        if table == "res_partner_bank":
            return SQL(
                """ AND id NOT IN (SELECT res_id FROM kunden_import_value
                     WHERE batch_id = %s AND model = 'res.partner.bank' AND res_id IS NOT NULL)""",
                self.id,
            )
        return SQL()

    def _word_of_table(self, table):
        """What the rows of a table are called."""
        own = {
            "edited": self.env._("somebody has changed it since"),
            "res_partner": self.env._("Contact Persons and Addresses"),
            "res_users": self.env._("Log-ins"),
            "account_move": self.env._("Invoices"),
            "sale_order": self.env._("Orders"),
            "kunden_import_value": self.env._("values of another import"),
        }
        models = {self.env[name]._table: name for name in self.env.registry}
        # sudo: what a model is called is no secret
        told = self.env["ir.model"].sudo()._get(models.get(table, "")).name
        return own.get(table) or told or table
