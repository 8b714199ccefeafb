from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..kernel.match_weights import WEIGHTS
from ..models import match_scan
from .match_case import MOBILE, MatchCase


@tagged("post_install", "-at_install")
class TestMatchScan(MatchCase):
    """All contacts are compared in steps; what somebody has decided stays."""

    def job(self, steps=100):
        """The scheduled job, stopped after so many steps."""
        left = [steps]

        def commit(_cron, _processed=0, **_options):
            left[0] -= 1
            return max(left[0], 0)

        with patch.object(type(self.env["ir.cron"]), "_commit_progress", commit):
            self.env["kunden.match.scan"]._cron_run()
        self.env.invalidate_all()

    def begin(self):
        """The manager begins a look at more contacts than a moment allows."""
        self.patch(match_scan, "AT_ONCE", 0)
        self.candidates.with_user(self.clerk).action_scan()
        return self.env["kunden.match.scan"]._running()

    def groups(self, *partners):
        """The lines of the work list in which one of these contacts stands."""
        groups = self.env["kunden.match.group"].with_user(self.clerk).search([])
        return groups.filtered(lambda group: any(one in group.partner_ids for one in partners))

    def test_the_work_list_by_certainty(self):
        pair = self.pair(self.hans, self.double)
        self.assertEqual(pair.state, "open")
        self.assertLess(pair.partner_id.id, pair.other_id.id)
        self.assertIn("same telephone number", pair.with_user(self.reader).reasons)
        (group,) = self.groups(self.hans)
        self.assertEqual(group.partner_ids, self.hans | self.double)
        self.assertEqual(group.score, pair.score)
        self.assertIn("Hans Wirsching / Hans Wirshing", group.display_name)
        self.assertEqual(self.hans.duplicate_ids, self.double)
        self.assertIn(self.hans, self.partners.search([("duplicate_ids", "!=", False)]))

    def test_colleagues_are_not_one_and_a_person_entered_twice_is(self):
        """Core copies address and tax number of the company to each of them."""
        firm = self.person(
            "Napf Handels GmbH",
            is_company=True,
            vat="DE136695976",
            street="Venloer Ring 214",
            zip="50823",
            city="Köln",
        )
        people = [
            self.person(
                f"{name} {last}",
                parent_id=firm.id,
                phone=f"+49 221 47101{number}",
                email=f"{name[0]}.{last}@napf.example".lower(),
            )
            for number, (name, last) in enumerate(
                [
                    ("Gökhan", "Aydin"),
                    ("Nicole", "Fassbender"),
                    ("Matthias", "Bluetner"),
                    ("Ute", "Bluetner"),
                    ("Goekhan", "Aydin"),
                ],
                start=20,
            )
        ]
        self.assertEqual(people[0].street, "Venloer Ring 214")
        self.look()
        found = self.candidates.search([("partner_id", "in", [one.id for one in people])])
        self.assertEqual(found.partner_id | found.other_id, people[0] | people[4])
        self.assertNotIn(
            people[1].id,
            self.found(name="Nils Kurz", parent_id=firm.id, street=firm.street, zip=firm.zip),
        )

    def test_more_than_two_are_one_line(self):
        third = self.person("Hans Wirsching", zip="50667", city="Köln", mobile=MOBILE)
        self.look()
        (group,) = self.groups(self.hans)
        self.assertEqual(group.partner_ids, self.hans | self.double | third)
        self.assertEqual(group.size, 3)
        self.pair(self.hans, third).with_user(self.clerk).action_different()
        self.assertFalse(any({self.hans, third} <= {*g.partner_ids} for g in self.groups(third)))
        self.assertEqual(
            self.env["kunden.match.group"].with_user(self.clerk).count_open(),
            len(self.env["kunden.match.group"].with_user(self.clerk).search([])),
        )
        self.assertEqual(self.env["kunden.match.group"].with_user(self.colleague).count_open(), 0)
        self.groups(self.double).with_user(self.clerk).action_different()
        self.assertFalse(self.groups(self.hans, self.double, third))

    def test_a_look_at_all_goes_on_after_a_kill(self):
        self.env.cr.execute("DELETE FROM kunden_match_candidate")
        self.patch(match_scan, "_KEYS", 2)
        scan = self.begin()
        states = [(scan.state, scan.progress)]
        for _step in range(1000):
            self.job(steps=1)
            states.append((scan.state, scan.progress))
            if scan.state == "done":
                break
        self.assertEqual(scan.state, "done")
        self.assertEqual([s for _s, s in states], sorted(s for _s, s in states))
        self.assertGreater(len(states), 4)
        self.assertTrue(self.pair(self.hans, self.double))
        self.assertEqual(self.groups(self.hans).partner_ids, self.hans | self.double)
        self.assertEqual(scan.found_count, self.candidates.search_count([("state", "=", "open")]))

    def test_a_crash_of_the_server_loses_no_pair(self):
        scan = self.begin()
        while scan.state != "pairs":
            scan._step()
        self.env.cr.execute("TRUNCATE kunden_match_pair")
        self.job()
        self.assertTrue(self.pair(self.hans, self.double))

    def test_a_look_that_fails_says_why_and_holds_up_nobody(self):
        scan = self.begin()
        self.klaus.write({"mobile": MOBILE, "name": "Hans Wirsching"})
        fails = patch.object(type(scan), "_read_some", side_effect=ValueError("no room"))
        with fails:
            self.job()
        self.assertEqual((scan.state, scan.error), ("failed", "no room"))
        self.assertTrue(
            self.pair(self.hans, self.klaus), "who has changed is compared all the same"
        )
        self.assertNotEqual(self.begin(), scan)

    def test_whom_a_look_compares_need_not_wait_for_the_next_one(self):
        self.begin()
        self.klaus.name = "Klaus Wirsching"
        self.env.flush_all()
        compared = []
        changed = type(self.env["kunden.match.scan"])._compare_changed

        def count(scans, *args):
            compared.append(changed(scans, *args))
            return compared[-1]

        self.patch(type(self.env["kunden.match.scan"]), "_compare_changed", count)
        self.job()
        self.assertEqual(compared, [0])

    def test_whoever_was_given_to_a_look_that_was_cancelled_is_compared_all_the_same(self):
        scan = self.begin()
        self.klaus.write({"mobile": MOBILE, "name": "Hans Wirsching"})
        while scan.state != "pairs":
            scan._step()
        scan.with_user(self.clerk).action_cancel()
        self.assertFalse(self.pair(self.hans, self.klaus))
        self.job()
        self.assertTrue(self.pair(self.hans, self.klaus))

    def test_who_changes_while_a_look_goes_on_is_compared_after_it(self):
        scan = self.begin()
        while scan.state != "pairs":
            scan._step()
        self.klaus.write({"mobile": MOBILE, "name": "Hans Wirsching"})
        self.job()
        self.assertEqual(scan.state, "done")
        self.assertTrue(self.pair(self.hans, self.klaus))

    def test_one_at_a_time_and_it_can_be_cancelled(self):
        scan = self.begin()
        self.assertEqual(self.begin(), scan, "who begins once more sees the same one")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            scan.copy({"state": "pairs"})
        with self.assertRaises(UserError):
            scan.with_user(self.reader).action_cancel()
        scan.with_user(self.clerk).action_cancel()
        self.job()
        self.assertEqual((scan.state, scan.progress), ("cancelled", 0))
        self.assertTrue(self.pair(self.hans, self.double), "what was found stays")
        self.assertIn("Duplicates", scan.display_name)

    def test_the_night_begins_a_look_unless_one_is_under_way(self):
        scan = self.begin()
        self.env["kunden.match.scan"]._cron_begin()
        self.assertEqual(self.env["kunden.match.scan"]._running(), scan)
        self.job()
        self.env["kunden.match.scan"]._cron_begin()
        self.assertNotEqual(self.env["kunden.match.scan"]._running(), scan)

    def test_few_contacts_are_compared_at_once(self):
        self.patch(match_scan, "AT_ONCE", 10**9)
        self.env.cr.execute("DELETE FROM kunden_match_candidate")
        self.candidates.with_user(self.clerk).action_scan()
        self.assertTrue(self.pair(self.hans, self.double))
        with self.assertRaises(UserError):
            self.candidates.with_user(self.reader).action_scan()

    def test_a_change_is_compared_without_looking_at_all(self):
        self.double.write({"name": "Petra Lang", "mobile": False, "street": False, "zip": False})
        self.klaus.mobile = MOBILE
        self.klaus.name = "Hans Wirsching"
        self.job()
        self.assertFalse(self.pair(self.hans, self.double))
        self.assertTrue(self.pair(self.hans, self.klaus))
        self.assertEqual(self.env["kunden.match.key"]._due(), 0)

    def test_different_stays_whatever_is_found_again(self):
        pair = self.pair(self.hans, self.double)
        pair.with_user(self.clerk).action_different()
        self.assertEqual((pair.state, pair.decided_by), ("different", self.clerk))
        self.assertFalse(self.groups(self.hans))
        self.assertFalse(self.hans.duplicate_ids)
        self.hans.email = self.double.email = "same@wirsching.example"
        self.look()
        self.begin()
        self.job()
        self.assertEqual(pair.state, "different")
        self.assertFalse(self.groups(self.hans))
        pair.with_user(self.clerk).action_reopen()
        self.assertTrue(self.groups(self.hans))

    def test_different_survives_merges(self):
        third = self.person("Hans Wirsching", zip="50667", city="Köln", mobile=MOBILE)
        self.look()
        self.pair(self.double, third).with_user(self.clerk).action_different()
        self.merge(self.hans, self.double)
        self.assertEqual(self.pair(self.hans, third).state, "different")
        self.look()
        self.begin()
        self.job()
        self.assertEqual(self.pair(self.hans, third).state, "different")
        self.assertFalse(self.groups(self.hans, third))

    def test_a_merge_takes_its_own_pair_along_and_hands_on_the_others(self):
        third = self.person("Hans Wirsching", mobile=MOBILE)
        self.look()
        self.merge(self.hans, self.double)
        self.assertFalse(self.candidates.search([("partner_id", "=", self.double.id)]))
        self.assertEqual(self.pair(self.hans, third).state, "open")
        self.assertEqual(self.groups(self.hans).partner_ids, self.hans | third)

    def test_merging_opens_from_the_line(self):
        action = self.groups(self.hans).with_user(self.clerk).action_same()
        self.assertIn("merge", action["res_model"])
        self.assertEqual(self.pair(self.hans, self.double).state, "same")

    def test_who_reads_decides_nothing(self):
        pair = self.pair(self.hans, self.double)
        for act in ("action_same", "action_different", "action_reopen"):
            with self.assertRaises(UserError):
                getattr(pair.with_user(self.reader), act)()
        with self.assertRaises(AccessError):
            pair.with_user(self.manager).write({"score": 100})
        with self.assertRaises(AccessError):
            pair.with_user(self.colleague).read(["score"])

    def test_a_pair_is_seen_by_who_may_read_both(self):
        other = self.env["res.company"].create({"name": "Nord GmbH"})
        pair = self.pair(self.hans, self.double)
        self.double.company_id = other
        self.env.flush_all()
        self.assertFalse(self.candidates.with_user(self.clerk).search([("id", "=", pair.id)]))
        self.assertFalse(self.groups(self.hans))
        guest = new_test_user(
            self.env,
            "guest_of_match",
            groups="kunden_crm.group_user",
            company_id=other.id,
            company_ids=[(6, 0, (other | self.env.company).ids)],
        )
        companies = (other | self.env.company).ids
        theirs = self.candidates.with_user(guest).with_context(allowed_company_ids=companies)
        self.assertTrue(theirs.search([("id", "=", pair.id)]))

    def test_a_manager_changes_a_weight_and_takes_it_back(self):
        weights = self.env["kunden.match.weight"].with_user(self.manager)
        phone = weights.search([("code", "=", "person.phone_same")])
        shipped = phone.points
        phone.points = -200
        self.assertTrue(phone.is_own)
        self.assertFalse(self.found(mobile=MOBILE, name="Wirschink"))
        weights.init()
        self.assertEqual(phone.points, -200, "a newer version leaves an own weight")
        phone.action_reset()
        self.assertEqual((phone.points, phone.is_own), (shipped, False))
        with self.assertRaises(AccessError):
            phone.with_user(self.clerk).points = 1

    def test_what_is_offered_is_a_setting(self):
        settings = self.env["res.config.settings"]
        pair = self.pair(self.hans, self.double)
        prior = self.env["kunden.match.weight"].search([("code", "=", "person.prior")])
        prior.points -= int(pair.points)
        settings.create({"match_offered_from": 40}).execute()
        self.begin()
        self.job()
        self.assertIn(self.pair(self.hans, self.double).score, range(45, 56))
        settings.create({"match_offered_from": 60}).execute()
        self.begin()
        self.job()
        self.assertFalse(pair.exists())

    def test_every_weight_has_words(self):
        weights = self.env["kunden.match.weight"].search([])
        words = dict(weights._fields["reason"]._description_selection(self.env))
        self.assertEqual([weight.code for weight in weights if weight.reason not in words], [])
        self.assertEqual(len(weights), len(WEIGHTS))

    def test_nothing_is_merged_unasked_unless_an_administrator_wants_it(self):
        groups, pair = self.env["kunden.match.group"], self.pair(self.hans, self.double)
        groups._merge_certain()
        self.assertEqual(pair.state, "open")
        self.env["res.config.settings"].create({"match_merged_from": 95}).execute()
        mine = self.groups(self.hans)
        self.assertEqual(mine.sudo()._unguarded(95), mine)
        new_test_user(self.env, "hans_of_match", partner_id=self.double.id)
        self.assertFalse(mine.sudo()._unguarded(95), "who has a log-in is asked about")
        self.double.user_ids.unlink()
        self.hans.birthdate_date, self.double.birthdate_date = "1950-03-04", "1980-05-06"
        self.look()
        for group in self.groups(self.hans):
            self.assertIn("dates of birth", group.guard_note)
            self.assertFalse(group.sudo()._unguarded(1))

    def twice(self, name, number):
        """Somebody who was entered twice, with all that there is to know."""
        told = {"street": f"Weg {number}", "zip": f"5066{number}", "city": "Köln"}
        told |= {"phone": f"0221 471122{number}", "email": f"nr{number}@przybilla.example"}
        day = f"1961-05-0{number}"
        return [self.person(name, **told, birthdate_date=day) for _number in range(2)]

    def gone_after_a_night(self, partners):
        """The job of the night and that of merging; who of these is no more."""
        self.begin()
        self.job()
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=9):
            self.env["kunden.merge"]._cron_merge()
        self.env.invalidate_all()
        return [one for one in partners if not one.exists() or not one.active]

    def test_what_is_certain_is_merged_at_night_where_an_administrator_wants_that(self):
        """Ute is one; two firms, a father and his son, two households, and a log-in are asked."""
        names = ("Ute Przybilla", "Ida Kaluza", "Olga Brzezinski")
        ute, apart, users = (self.twice(name, number) for number, name in enumerate(names, 1))
        home = {"street": "Ringweg 4", "zip": "50667", "city": "Köln", "phone": "0221 4711990"}
        firm = {**home, "is_company": True, "email": "post@ohlsen-bau.example"}
        firms = [self.person(f"Ohlsen Bau {form}", **firm) for form in ("GmbH", "AG")]
        days = ("1950-03-04", "1980-05-06")
        men = [self.person("Karl Wrobel", **home, birthdate_date=day) for day in days]
        for person in apart:
            person.household_id = self.env["kunden.household"].create({"name": "Kaluza"})
        new_test_user(self.env, "olga_of_match", partner_id=users[0].id)
        everybody = [*ute, *firms, *men, *apart, *users]
        self.look()
        self.assertGreaterEqual(self.pair(*ute).score, 99)
        self.assertFalse(self.gone_after_a_night(everybody), "nobody has asked for it")
        self.env["res.config.settings"].create({"match_merged_from": 99}).execute()
        (gone,) = self.gone_after_a_night(everybody)
        self.assertIn(gone, ute)
        survivor = next(one for one in ute if one != gone)
        merge = self.env["kunden.merge"].search([("survivor_id", "=", survivor.id)])
        self.assertEqual((merge.state, merge.error), ("done", False))
        merge.action_undo()
        self.assertTrue(all(one.exists() for one in ute))

    def test_weights_are_estimated_from_the_file_and_from_what_was_decided(self):
        weights = self.env["kunden.match.weight"].with_user(self.manager)
        with self.assertRaises(AccessError):
            weights.with_user(self.clerk).action_estimate()
        twins = [self.person("Uwe Ohlsen", mobile=MOBILE, city="Kiel") for _number in range(12)]
        self.look()
        pairs = self.candidates.search([("partner_id", "in", [twin.id for twin in twins])])
        pairs.with_user(self.clerk).action_different()
        self.assertGreater(len(pairs), 20)
        weights.action_estimate()
        prior = weights.search([("code", "=", "person.prior")])
        self.assertLess(prior.estimated, prior.points, "this clerk has told many apart")
        prior.action_take_over()
        self.assertEqual(prior.points, prior.estimated)
