"""A file that has been checked: two columns, rows that ask, one that is rejected."""

from odoo.fields import Command

from .common import CustomerFileCase

HEADS = {"Name": "name", "Ort": "city", "E-Mail": "email", "Betreuer": False}


class ImportScreenCase(CustomerFileCase):
    """What the clerk finds after the check of the cash journal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.de")
        batches = cls.env["kunden.import.batch"].with_user(cls.clerk)
        cls.batch = batches.create({"source": "Kassenjournal 2024", "filename": "kasse.csv"})
        cls.batch.sudo().write(
            {
                "state": "analysed",
                "kind": "text",
                "header_row": 1,
                "column_ids": [
                    Command.create({"number": number, "header": head, "target": target})
                    for number, (head, target) in enumerate(HEADS.items())
                ],
            }
        )
        cls.hans, cls.johann = cls.env["res.partner"].create(
            [
                {"firstname": "Hans", "lastname": "Müller", "city": "Köln"},
                {"firstname": "Johann", "lastname": "Müller", "city": "Bonn"},
            ]
        )
        cls.rows = cls.env["kunden.import.row"].with_user(cls.clerk)

    @classmethod
    def row(cls, number, cells, state="ask", **values):
        """A row of the file, as the check has left it."""
        stored = {"batch_id": cls.batch.id, "number": number, "raw": cells, "state": state}
        stored["values"] = {
            target: cell for target, cell in zip(HEADS.values(), cells, strict=False) if target
        }
        row = cls.env["kunden.import.row"].sudo().create({**stored, **values})
        return cls.rows.browse(row.id)

    @classmethod
    def question(cls, number=2):
        """A row that may be Hans or Johann."""
        candidates = [
            {"partner_id": cls.hans.id, "score": 80, "reasons": ["gleicher Nachname"]},
            {"partner_id": cls.johann.id, "score": 60, "reasons": ["gleicher Nachname"]},
        ]
        cells = ["Hans Müller", "Bonn", "hans@example.com", "Kr."]
        return cls.row(number, cells, message=f"Zeile {number}: zwei", candidates=candidates)
