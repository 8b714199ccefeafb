"""A list of contact persons with the data of their firms, of which some stand in the file."""

from freezegun import freeze_time

from .import_case import ImportCase


@freeze_time("2026-03-02 09:00:00")
class TestImportFirm(ImportCase):
    """The clerk brings in contact persons of firms."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm = cls.partners.create(
            {"name": "Öhlmann Bau GmbH", "is_company": True, "zip": "88131", "city": "Lindau"}
        )

    def looked_at(self, *lines, **policies):
        self.look()
        head = "Firma;Vorname;Nachname;E-Mail;Straße;PLZ;Ort"
        batch = self.batch("\n".join([head, *lines]))
        for column in batch.column_ids.filtered(lambda one: one.target in policies):
            column.policy = policies[column.target]
        if policies:
            batch.action_analyse()
        return batch

    def brought(self, batch):
        batch.action_start()
        self.run_job()

    def test_what_the_firm_lacks_is_filled_and_the_preview_says_so(self):
        batch = self.looked_at(
            "Öhlmann Bau GmbH;Eva;Przybylski;e@oehlmann.de;Seeweg 3;88131;Lindau (Bodensee)"
        )
        row = batch.row_ids
        self.assertEqual(row.state, "new", row.message)
        changes = {
            one["label"]: (one["code"], one["new"])
            for one in row.with_context(lang="de_DE").shown["changes"]
        }
        self.assertEqual(changes["Firma: Straße"], ("write", "Seeweg 3"))
        self.assertEqual(changes["Firma: Ort"][0], "keep")
        cells = {cell["header"]: cell["value"] for cell in row.shown["cells"]}
        told = "Öhlmann Bau GmbH, 88131, Lindau (Bodensee), Seeweg 3"
        self.assertEqual(sorted(cells["Firma"].split(", ")), sorted(told.split(", ")))
        self.assertEqual((cells["Firma"][:16], cells["Straße"]), ("Öhlmann Bau GmbH", "Seeweg 3"))
        self.brought(batch)
        self.assertEqual((self.firm.street, self.firm.city), ("Seeweg 3", "Lindau"))
        self.assertEqual(row.partner_id.parent_id, self.firm)
        batch.action_undo()
        self.run_job()
        self.assertFalse(self.firm.street)
        self.assertFalse(row.partner_id.exists())

    def test_a_known_person_brings_what_is_new_of_his_firm(self):
        eva = self.person("Eva Przybylski", email="e@oehlmann.de", parent_id=self.firm.id)
        batch = self.looked_at(
            "Öhlmann Bau GmbH;Eva;Przybylski;e@oehlmann.de;Seeweg 3;88131;Lindau"
        )
        self.assertEqual((batch.row_ids.state, batch.row_ids.partner_id), ("update", eva))
        self.brought(batch)
        self.assertEqual((batch.row_ids.state, self.firm.street), ("updated", "Seeweg 3"))
        again = self.looked_at(
            "Öhlmann Bau GmbH;Eva;Przybylski;e@oehlmann.de;Seeweg 3;88131;Lindau"
        )
        self.assertEqual(again.row_ids.state, "unchanged")

    def test_the_policy_of_the_column_decides(self):
        self.firm.street = "Hafen 1"
        line = "Öhlmann Bau GmbH;Eva;Przybylski;e@oehlmann.de;Seeweg 3;88131;Lindau"
        asked = self.looked_at(line, street="ask").row_ids
        self.assertEqual(asked.state, "ask")
        self.assertIn("Straße", asked.message)
        self.env["kunden.import.row"].with_user(self.clerk).decide(asked.ids, "create")
        self.assertEqual(asked.state, "new")
        self.brought(asked.batch_id)
        self.assertEqual(self.firm.street, "Seeweg 3")
        self.firm.street = "Hafen 2"
        batch = self.looked_at(line.replace("Eva;Przybylski;e@", "Ida;Wrobel;i@"), street="source")
        self.brought(batch)
        self.assertEqual(self.firm.street, "Seeweg 3")

    def test_rows_of_one_new_firm_complete_each_other(self):
        batch = self.looked_at(
            "Kessler Holz KG;Ida;Wrobel;i@kessler.de;;88131;Lindau",
            "Kessler Holz KG;Otto;Kaluza;o@kessler.de;Seeweg 9;88131;Lindau",
        )
        self.brought(batch)
        firm = batch.row_ids.partner_id.parent_id
        self.assertEqual((firm.name, firm.street), ("Kessler Holz KG", "Seeweg 9"))

    def test_who_is_with_another_firm_stays_there_and_the_row_says_so(self):
        other = self.partners.create({"name": "Kessler Holz KG", "is_company": True})
        self.person("Eva Przybylski", email="e@oehlmann.de", parent_id=other.id)
        batch = self.looked_at("Öhlmann Bau GmbH;Eva;Przybylski;e@oehlmann.de;;;")
        row = batch.row_ids
        self.assertEqual(row.state, "unchanged", (batch.error, batch.state, row.message))
        told = [
            (one["code"], one["old"], one["new"])
            for one in row.with_context(lang="de_DE").shown["changes"]
        ]
        self.assertEqual(told, [("keep", "Kessler Holz KG", "Öhlmann Bau GmbH")])

    def test_further_addresses_of_a_known_person_are_added_and_completed(self):
        eva = self.person("Eva Przybylski", email="e@ok.de")
        self.look()
        head = "Vorname;Nachname;E-Mail;Rechnungsstraße;Rechnungs-PLZ;Rechnungsort"
        said = (";88131;Lindau", "Seeweg 3;88131;Lindau", "Seeweg 3;88131;Aue")
        for place, state in zip(said, ("updated", "updated", "unchanged"), strict=True):
            batch = self.batch(f"{head}\nEva;Przybylski;e@ok.de;{place}")
            self.assertEqual(batch.row_ids.state, {"updated": "update"}.get(state, state))
            self.brought(batch)
            self.assertEqual(batch.row_ids.state, state)
        self.assertEqual(eva.child_ids.mapped("type"), ["invoice"])
        self.assertEqual((eva.child_ids.street, eva.child_ids.city), ("Seeweg 3", "Lindau"))
        told = batch.row_ids.with_context(lang="de_DE").shown["changes"]
        self.assertEqual(
            [(one["label"], one["code"], one["new"]) for one in told],
            [("Rechnungsadresse: Ort", "keep", "Aue")],
        )

    def test_an_address_is_read_by_its_own_country(self):
        head = "Name;Land;Rechnung PLZ;Rechnung Ort;Rechnung Land"
        batch = self.batch(f"{head}\nKurz GmbH;Österreich;50667;Köln;DE\nLang AG;DE;1010;Wien;AT")
        self.assertEqual(self.states(batch), ["new", "new"], batch.row_ids.mapped("message"))
        zips = [row.values["addresses"][0]["zip"] for row in batch.row_ids]
        self.assertEqual(zips, ["50667", "1010"])

    def test_the_own_company_and_what_one_may_not_write_stay(self):
        own = self.env.company.partner_id
        own.write({"is_company": True, "street": False})
        batch = self.looked_at(f"{own.name};Eva;Przybylski;e@ok.de;Seeweg 3;;")
        self.brought(batch)
        self.assertFalse(own.street)
