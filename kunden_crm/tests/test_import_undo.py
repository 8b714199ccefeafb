import json
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import html2plaintext

from .import_run_case import ImportRunCase

# What may differ: when and by whom; what jobs compute; the journal and the rows themselves.
STAMPS = ("write_date", "write_uid", "date_localization")
TABLES = {
    "res_partner": "id = ANY(%(ids)s)",
    "res_partner_res_partner_category_rel": "partner_id = ANY(%(ids)s)",
    "kunden_contact_role_rel": "partner_id = ANY(%(ids)s)",
    "kunden_interest": "partner_id = ANY(%(ids)s)",
    "kunden_figure": "partner_id = ANY(%(ids)s)",
    "kunden_profile": "partner_id = ANY(%(ids)s)",
    "kunden_search_key": "partner_id = ANY(%(ids)s)",
    "kunden_household": "true",
    "res_partner_category": "true",
    "res_partner_bank": "partner_id = ANY(%(ids)s)",
    "mail_message": "model = 'res.partner' AND res_id = ANY(%(ids)s)",
    "mail_followers": "res_model = 'res.partner' AND res_id = ANY(%(ids)s)",
}


@tagged("post_install", "-at_install")
class TestImportUndo(ImportRunCase):
    """A clerk takes an import back: all is as before, and what is not is named."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        tag = cls.env["res.partner.category"].create({"name": "Stammkunde"})
        partners = cls.env["res.partner"]
        cls.firm = partners.create({"name": "Alt GmbH", "is_company": True})
        cls.eva = partners.create(
            {
                "name": "Dr. Eva Maria Alt",
                "firstname": "Eva Maria",
                "parent_id": cls.firm.id,
                "category_id": [Command.link(tag.id)],
                "comment": "<p>Zahlt bar.</p>",
                "birthdate_date": "1980-12-31",
            }
        )
        cls.jan = partners.create({"name": "Jan Alt", "parent_id": cls.firm.id, "zip": "50667"})
        cls.people = cls.firm | cls.eva | cls.jan
        cls.env.flush_all()

    def dump(self):
        """The rows of the tables concerned, as the database holds them."""
        self.env.flush_all()
        found = {}
        for table, condition in TABLES.items():
            self.env.cr.execute(
                f"SELECT to_jsonb(row) FROM {table} AS row WHERE {condition}",
                {"ids": self.people.ids},
            )
            rows = [
                {name: value for name, value in row.items() if name not in STAMPS}
                for (row,) in self.env.cr.fetchall()
            ]
            found[table] = sorted(json.dumps(row, sort_keys=True) for row in rows)
        self.env.cr.execute("SELECT count(*) FROM res_partner")
        return found | {"contacts": self.env.cr.fetchone()}

    def change(self, partner, **values):
        return values | {"_": {"state": "update", "partner_id": partner.id}}

    def rows(self):
        """A file that touches all there is."""
        return (
            {"name": "Neu GmbH", "is_company": True, "tags": ["Neuer Kreis"], "city": "Ulm"},
            {
                "name": "Nele Neu",
                "company": {"name": "Neu GmbH"},
                "household": {"name": "Neu"},
                "addresses": [{"type": "delivery", "street": "Rampe 1"}],
                "ibans": ["DE89 3704 0044 0532 0130 00"],
            },
            {
                "name": "Nils Neu",
                "street": "Gasse 3",
                "company": {"name": "Dritte GmbH"},
                "tags": ["Neuer Kreis"],
            },
            self.change(
                self.eva,
                name="Eva Berg",
                lastname="Berg",
                street="Allee 1",
                zip="53111",
                phone="0221 99",
                comment="Neue Notiz",
                tags=["Neuer Kreis", "Stammkunde"],
                household={"name": "Alt"},
                birthdate_date="1981-01-01",
                country_id={"id": self.env.ref("base.at").id},
            ),
            self.change(self.jan, interests=["Gleitschirm"], function="Chef"),
            self.change(self.firm, city="Graz", figures=[{"year": 2020, "headcount": 7}]),
        )

    POLICIES = dict.fromkeys(
        ("name", "lastname", "zip", "birthdate_date", "country_id", "city"), "source"
    )

    def test_all_tables_are_as_before(self):
        self.env["kunden.interest.topic"].create({"name": "Gleitschirm"})
        self.clerk.group_ids = [Command.link(self.env.ref("kunden_crm.group_confidential").id)]
        before = self.dump()
        batch = self.imported(*self.rows(), **self.POLICIES)
        self.assertEqual(self.states(batch), ["created"] * 3 + ["updated"] * 3)
        self.assertEqual(
            (self.eva.firstname, self.eva.lastname, self.eva.zip), ("Eva", "Berg", "53111")
        )
        self.assertEqual(self.firm.employee_quantity, 7)
        changed = self.dump()
        self.assertFalse(
            [
                table
                for table in before
                if "mail" not in table
                and "bank" not in table
                and "profile" not in table
                and "role" not in table
                and before[table] == changed[table]
            ]
        )
        self.undone(batch)
        self.assertEqual((batch.kept_count, batch.archived_count), (0, 0))
        after = self.dump()
        for table, rows in before.items():
            self.assertEqual(after[table], rows, table)
        self.assertGreater(batch.restored_count, 8)
        self.assertEqual(batch.removed_count, 6 + 2 + 1 + 1 + 1)
        batch.action_show_kept()
        with self.assertRaises(UserError):
            batch.action_undo()

    def test_what_a_person_has_edited_since_stays_and_is_named(self):
        batch = self.imported(
            self.change(self.eva, street="Allee 1", city="Bonn", name="Eva Berg"),
            {"name": "Nele Neu"},
            **self.POLICIES,
        )
        self.eva.with_user(self.clerk).write({"street": "Selbst 5", "lastname": "Selbst"})
        nele = self.contact("Nele Neu")
        nele.with_user(self.clerk).phone = "0221 5"
        self.undone(batch)
        self.assertEqual((self.eva.street, self.eva.city), ("Selbst 5", False))
        self.assertEqual((self.eva.lastname, self.eva.name), ("Selbst", "Eva Selbst"))
        self.assertFalse(nele.active)
        kept = self.env["kunden.import.value"].search(batch.action_show_kept()["domain"])
        self.assertIn(self.env["res.partner"]._fields["street"].string, kept.mapped("label"))
        self.assertIn("Selbst", kept.partner_id.mapped("lastname"))
        self.assertEqual(batch.archived_count, 1)
        self.assertEqual(batch.kept_count, len(kept) - 1)

    def test_what_something_hangs_on_is_archived_and_named(self):
        names = ("Mit Gespräch", "Mit Auftrag", "Mit Notiz", "Mit Login", "Mit Leuten")
        batch = self.imported(*({"name": name} for name in names))
        talk, order, note, login, parent = map(self.contact, names)
        self.env["kunden.interaction"].create(
            {"partner_id": talk.id, "channel": "phone", "subject": "Frage"}
        )
        self.env["sale.order"].create({"partner_id": order.id})
        note.message_post(body="Wichtig", message_type="comment")
        self.env["res.users"].create({"name": "L", "login": "l@x", "partner_id": login.id})
        self.env["res.partner"].create({"name": "Kind", "parent_id": parent.id})
        self.undone(batch)
        self.assertFalse((talk | order | note | parent).filtered("active"))
        self.assertTrue(login.active)
        self.assertEqual((batch.archived_count, batch.kept_count), (4, 1))
        kept = self.env["kunden.import.value"].search(batch.action_show_kept()["domain"])
        self.assertEqual(
            set(kept.mapped("shown")),
            set((talk | order | note | login | parent).mapped("display_name")),
        )
        self.assertTrue(all(kept.mapped("reason")))

    def test_values_follow_a_merge_and_the_merge_can_be_taken_back_afterwards(self):
        survivor = self.env["res.partner"].create({"name": "Bleibt", "city": "Köln"})
        batch = self.imported(
            {"name": "Geht Auf", "function": "Chefin"},
            {"name": "Nimmt Auf"},
            self.change(self.jan, phone="0221 77"),
        )
        made, takes = self.contact("Geht Auf"), self.contact("Nimmt Auf")
        other = self.env["res.partner"].create({"name": "Von Hand"})
        merges = self.env["kunden.merge"].create(
            [
                {"survivor_id": one.id, "partner_ids": [Command.set((one | two).ids)]}
                for one, two in ((survivor, made), (takes, other))
            ]
        )
        for merge in merges:
            merge.action_merge()
        last = self.env["kunden.merge"].create(
            {"survivor_id": survivor.id, "partner_ids": [Command.set((survivor | self.jan).ids)]}
        )
        last.action_merge()
        self.assertEqual((survivor.phone, survivor.function), ("0221 77", "Chefin"))
        self.undone(batch)
        self.assertTrue(survivor.active and takes.active)
        self.assertFalse(survivor.phone)
        reasons = self.env["kunden.import.value"].search(
            [("batch_id", "=", batch.id), ("state", "=", "kept")]
        )
        self.assertEqual(len(reasons), 2)
        last.action_undo()
        merges[0].action_undo()
        self.assertEqual((self.jan.phone, made.exists()), ("0221 77", made))
        self.run_job()
        self.assertFalse(self.jan.phone)
        self.assertFalse(made.exists())
        self.assertEqual((survivor.name, survivor.city), ("Bleibt", "Köln"))
        self.assertEqual(batch.state, "undone")

    def test_values_of_all_kinds_come_back_and_are_shown(self):
        before = self.dump()
        values = {
            "debtor_account": "10001",
            "gender": "female",
            "birthdate_date": "1970-05-01",
            "comment": "Neu",
            "familiar_address": True,
            "nationality_id": self.env.ref("base.at").id,
        }
        batch = self.imported(self.change(self.eva, **values), birthdate_date="source")
        self.assertEqual(self.eva.debtor_account, "10001")
        self.assertEqual(html2plaintext(self.eva.comment), "Zahlt bar.\nNeu")
        shown = self.eva.with_user(self.reader).import_origin
        for word in ("10001", "Female", "1970", "<td>10001</td>", "Neu", "Yes", "Austria"):
            self.assertIn(word, shown)
        self.undone(batch)
        self.assertEqual(self.dump(), before)

    def test_what_others_use_by_now_and_what_cannot_be_removed_stays(self):
        batch = self.imported(
            {"name": "Bleib Du", "household": {"name": "Daheim"}, "tags": ["Kreis 9"]},
            {"name": "Geh Du"},
            {"name": "Geh Auch"},
        )
        stays, home = self.contact("Bleib Du"), self.contact("Bleib Du").household_id
        self.jan.write({"household_id": home.id})
        unlink, failure = type(stays).unlink, UserError(stays.name)

        def refused(partners):
            if stays in partners:
                raise failure
            return unlink(partners)

        with patch.object(type(stays), "unlink", refused):
            self.undone(batch)
        self.assertEqual((stays.active, home.exists()), (False, home))
        self.assertFalse(self.contact("Geh Du") | self.contact("Geh Auch"))
        self.assertEqual((batch.archived_count, batch.removed_count), (1, 2))
        kept = self.env["kunden.import.value"].search(batch.action_show_kept()["domain"])
        self.assertIn("Archived: Bleib Du", kept.mapped("reason"))

    def test_only_the_own_import_and_with_the_rights_of_whoever_takes_it_back(self):
        batch = self.imported({"name": "Eigener"}, user=self.manager)
        with self.assertRaises(UserError):
            batch.with_user(self.clerk).action_undo()
        with self.assertRaises(AccessError):
            batch.with_user(self.reader).action_undo()
        mine = self.imported(self.change(self.jan, function="Chef"))
        protected = {"function": "kunden_crm.group_confidential"}
        with patch.object(type(self.env["res.partner"]), "_kunden_protected", protected):
            self.undone(mine)
        self.assertEqual((self.jan.function, mine.kept_count), ("Chef", 1))

    def test_the_file_shows_where_a_value_came_from(self):
        batch = self.imported(
            self.change(self.jan, function="Chef"), {"name": "Nele", "city": "Ulm"}
        )
        jan, nele = self.jan.with_user(self.reader), self.contact("Nele").with_user(self.reader)
        origin = jan.kunden_origin("function")
        self.assertEqual(
            (origin["source"], origin["row"], origin["value"]), ("Kassenjournal", 2, "Chef")
        )
        self.assertEqual(
            (nele.kunden_origin("city")["row"], nele.kunden_origin("street")), (3, False)
        )
        self.assertIn("Kassenjournal", nele.import_origin)
        self.assertIn("Ulm", nele.import_origin)
        self.jan.function = "Chefin"
        self.assertFalse(jan.kunden_origin("function"))
        self.assertEqual(batch.sudo().source_id, self.source)

    def test_protected_values_are_for_those_who_may_read_the_field(self):
        self.imported(self.change(self.jan, function="Geheim"))
        line = self.env["kunden.import.value"].search([("partner_id", "=", self.jan.id)])
        line = line.with_user(self.reader)
        self.assertEqual(line.shown, "Geheim")
        protected = {"function": "kunden_crm.group_confidential"}
        self.env.invalidate_all()
        with patch.object(type(self.env["res.partner"]), "_kunden_protected", protected):
            self.assertFalse(line.shown)
            self.assertNotIn("Geheim", str(self.jan.with_user(self.reader).import_origin))
            with self.assertRaises(AccessError):
                self.jan.with_user(self.reader).kunden_origin("function")
        for act in (
            lambda: line.read(["new"]),
            lambda: line.search([("new", "!=", False)]),
            lambda: line._read_group([], ["state"], ["old:count"]),
            lambda: line.search([], order="new"),
        ):
            with self.assertRaises(AccessError):
                act()
