"""Two files of Anna, on which hangs whatever hangs on customers, and a look at all tables."""

import base64

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tools import SQL

from .sales_case import SalesCase

# Rows that a merge and its undo leave behind, and why.
LEFT_OUT = {
    "kunden_merge": "the merge itself",
    "kunden_merge_line": "its preview",
    "kunden_merge_journal": "its journal",
    "bus_bus": "news of the moment",
    "bus_presence": "news of the moment",
    "ir_cron": "jobs go on",
    "ir_cron_trigger": "jobs go on",
    "ir_cron_progress": "jobs go on",
    "ir_logging": "the log of the server",
}
# Columns that nobody wrote: who stored a row last and when.
STAMPS = ("write_date", "write_uid")
_TABLES = """
SELECT relname FROM pg_class
 WHERE relkind = 'r' AND relnamespace = current_schema::regnamespace AND relname <> ALL(%s)
"""
PIXEL = base64.b64encode(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5E"
        "rkJggg=="
    )
)


class MergeMixin:
    """Klara keeps the files of the shop; Anna Berg and A. Berg are one customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna = cls.env["res.partner"].browse(cls.anna.id)
        cls.double = cls.env["res.partner"].create(
            {"name": "Anna Maria Berg", "email": "berg@example.com", "phone": "+49 221 5550100"}
        )
        cls.anna.write({"email": "anna@example.com", "phone": "+49 221 5550200"})
        cls.merges = cls.env["kunden.merge"].with_user(cls.klara)

    def prepared(self, partners=None, survivor=None):
        """A merge that Klara has prepared."""
        partners = partners or self.anna | self.double
        merge = self.merges.create(
            {
                "survivor_id": (survivor or self.anna).id,
                "partner_ids": [Command.set(partners.ids)],
            }
        )
        self.env.flush_all()
        return merge

    def all_rows(self):
        """Table -> its rows as text, in any order; without what is left out."""
        self.env.flush_all()
        tables = self.env.execute_query(SQL(_TABLES, list(LEFT_OUT)))
        return {
            table: sorted(
                row
                for (row,) in self.env.execute_query(
                    SQL(
                        "SELECT (to_jsonb(line) - %s::text[])::text FROM %s AS line",
                        list(STAMPS),
                        SQL.identifier(table),
                    )
                )
            )
            for (table,) in tables
        }

    def differences(self, before, after, apart=()):
        """The rows that stand in one of both and not in the other."""
        found = {}
        for table in sorted(before.keys() | after.keys()):
            old, new = before.get(table, []), after.get(table, [])
            if old != new and table not in apart:
                gone, come = set(old) - set(new), set(new) - set(old)
                found[table] = {"gone": sorted(gone), "come": sorted(come)}
        return found

    def hang_everything_on(self, partner, number):
        """Whatever customers have: documents, log-in, household, notes, tags, pictures."""
        env = self.env
        home = env["kunden.household"].create({"name": f"Haushalt {number}"})
        partner.write(
            {
                "image_1920": PIXEL,
                "comment": f"<p>Note {number}</p>",
                "household_id": home.id,
                "household_role": "head",
                "barcode": f"04{number}",
                "category_id": [Command.create({"name": f"Tag {number}"})],
                "bank_ids": [Command.create({"acc_number": f"DE89 3704 0044 0532 0130 0{number}"})],
                "online_profile_ids": [
                    Command.create({"url": url}) for url in ("https://b.de", f"https://{number}.de")
                ],
                "figure_ids": [Command.create({"year": 2024, "headcount": number, "source": "A"})],
                "interest_ids": [
                    Command.create({"topic_id": env.ref("kunden_crm.topic_leisure_hiking").id})
                ],
                "child_ids": [Command.create({"name": f"Child {number}", "type": "delivery"})],
            }
        )
        self.hang_documents_on(partner, number)
        self.hang_apps_on(partner, number)

    def hang_documents_on(self, partner, number):
        """An invoice, an order, a payment, and what was said."""
        env = self.env
        with freeze_time("2025-03-03"):
            self.bill(partner)
        self.order(partner)
        env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": partner.id,
                "amount": 10 * number,
            }
        ).action_post()
        env["kunden.interaction"].create(
            {"partner_id": partner.id, "channel": "phone", "subject": f"Call {number}"}
        )
        env["crm.lead"].create({"name": f"Lead {number}", "partner_id": partner.id})
        env["ir.model.data"].create(
            {
                "module": "__test__",
                "name": f"partner_{number}",
                "model": "res.partner",
                "res_id": partner.id,
            }
        )
        partner.message_post(body=f"Message {number}")
        partner.message_subscribe(self.bernd.ids)
        partner.activity_schedule("mail.mail_activity_data_todo", summary=f"Task {number}")
        for name, text in (("letter.txt", "same"), (f"{number}.txt", f"own {number}")):
            env["ir.attachment"].create(
                {
                    "name": name,
                    "raw": text.encode(),
                    "res_model": partner._name,
                    "res_id": partner.id,
                }
            )

    def hang_apps_on(self, partner, number):
        """What other apps know of a customer, where they are installed."""
        env = self.env(su=True)
        if "survey.user_input" in env:
            survey = env["survey.survey"].create({"title": f"Survey {number}"})
            env["survey.user_input"].create({"survey_id": survey.id, "partner_id": partner.id})
        if "mailing.trace" in env:
            env["mailing.trace"].create(
                {"trace_type": "mail", "model": partner._name, "res_id": partner.id}
            )
        if "project.task" in env:
            env["project.task"].create({"name": f"Task {number}", "partner_id": partner.id})
        if "helpdesk.ticket" in env:
            env["helpdesk.ticket"].create({"name": f"Ticket {number}", "partner_id": partner.id})
        if "loyalty.card" in env:
            program = env["loyalty.program"].search([("program_type", "=", "loyalty")], limit=1)
            program = program or env["loyalty.program"].create(
                {"name": "Loyal", "program_type": "loyalty"}
            )
            env["loyalty.card"].create(
                {"program_id": program.id, "partner_id": partner.id, "points": number}
            )


class MergeCase(MergeMixin, SalesCase):
    """The two files in a shop that keeps no books."""
