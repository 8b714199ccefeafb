"""PostgreSQL and Python say the same of two contacts, for the same keys and weights."""

import random
from collections import Counter
from datetime import date
from itertools import combinations

from odoo.tests import TransactionCase, tagged

from ..kernel.match_blocks import OWN, WEAK
from ..kernel.match_keys import COLUMNS, keys
from ..kernel.match_pairs import (
    Caps,
    blocked,
    candidates_of_all,
    candidates_of_some,
    caps,
    counted,
    paired,
)
from ..kernel.match_scores import compare
from ..kernel.match_statements import (
    frequent_values,
    lookup,
    point_counts,
    scored,
)
from ..kernel.match_weights import WEIGHTS, estimated, for_size

FIRST = "Hans,Hans Peter,Johannes,H.,Eva,Ewa,Evi,Maria,Mario,Karl-Heinz,Kalle,Müller,,Jörg,Joerg"
LAST = "Müller,Mueller,Meier,Mayr,Maier-Müller,Berg,Berg jun.,Berg sen.,von Berg,Hans,Kaya,,Yilmaz"
FIRM = "Berg Bau,Berg Bau GmbH,Berg Verlag AG,Bau Berg GmbH,Berg & Co. KG,Goldmeier,Goldmeyer GmbH"
STREET = "Hauptstr. 5,Hauptstraße 5a,Haupstr. 5,Ring 12,Am Wald,Postfach 12,,Ring 2"
PHONE = "+492214710900,+492214710912,+492214710900;ext=3,+491701234567,+491709999999"
MAIL = "eva@ok.de,eva+x@ok.de,info@ok.de,e.berg@gmail.com,e.berg@web.de,berg@ok.de,berk@ok.de"
CONTACTS, PAIRS = 400, 10_000
ALL, FEW = Caps(CONTACTS, 10, CONTACTS), Caps(30, 8, 5)


@tagged("post_install", "-at_install")
class TestMatchSql(TransactionCase):
    """The keys of some hundred invented contacts in tables of this transaction alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = random.Random(7)
        cls.keys = {number: keys(cls._contact()) for number in range(1, CONTACTS + 1)}
        columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        cls.env.cr.execute(
            f"CREATE TEMP TABLE kunden_match_key (partner_id int PRIMARY KEY, {columns})"
            " ON COMMIT DROP"
        )
        places = ", ".join(f"%s::{kind}" for kind in COLUMNS.values())
        for number, made in cls.keys.items():
            cls.env.cr.execute(
                f"INSERT INTO kunden_match_key VALUES (%s, {places})", [number, *made.values()]
            )
        cls.env.cr.execute(
            "CREATE TEMP TABLE kunden_match_frequent ON COMMIT DROP AS " + frequent_values()
        )
        cls.env.cr.execute("SELECT value, points FROM kunden_match_frequent")
        cls.frequent = dict(cls.env.cr.fetchall())
        cls.weights = for_size(WEIGHTS, 1_000_000)

    @classmethod
    def _one_of(cls, texts, often=0.8):
        """One of the texts, or nothing."""
        return cls.random.choice(texts.split(",")) if cls.random.random() < often else None

    @classmethod
    def _contact(cls):
        """What is known of an invented contact."""
        one, firm = cls._one_of, cls.random.random() < 0.3
        return {
            "is_company": firm,
            "name": one(FIRM) if firm else None,
            "firstname": None if firm else one(FIRST),
            "lastname": None if firm else one(LAST, 0.95),
            "birth_name": one(LAST, 0.1),
            "phones": [one(PHONE, 0.7) for _phone in range(2)],
            "emails": [one(MAIL, 0.6) for _mail in range(2)],
            "street": one(STREET),
            "zip": one("50667,50668,10115", 0.7),
            "city": one("Köln,Koeln,Berlin,Bonn", 0.7),
            "birthdate": cls.random.choice(
                [None, date(1980, 3, 4), date(1980, 4, 3), date(1980, 3, 9)]
            ),
            "vat": one("DE123456788,DE136695976", 0.2),
            "registry": one("HRB 1,HRB 2", 0.2),
            "ref": one("10471,10472,20815", 0.3),
            "ibans": [one("DE02120300000000202051", 0.1)],
            "profiles": [one("https://www.ok.de/a,https://ok.de/b", 0.2)],
        }

    def _in_python(self, one, other):
        """The verdict of the kernel on two contacts."""
        return compare(self.keys[one], self.keys[other], self.weights, self.frequent)

    def test_points_and_reasons_are_equal_on_ten_thousand_pairs(self):
        pairs = set()
        while len(pairs) < PAIRS:
            one, other = sorted(self.random.sample(range(1, CONTACTS + 1), 2))
            if self.keys[one]["is_firm"] == self.keys[other]["is_firm"]:
                pairs.add((one, other))
        self.env.cr.execute("CREATE TEMP TABLE match_pair (a int, b int) ON COMMIT DROP")
        numbers = [list(side) for side in zip(*sorted(pairs), strict=True)]
        self.env.cr.execute("INSERT INTO match_pair SELECT * FROM unnest(%s, %s)", numbers)
        self.env.cr.execute(scored("SELECT a, b FROM match_pair", self.weights))
        found = {
            (row[0], row[1]): (row[2], row[3], tuple(row[4])) for row in self.env.cr.fetchall()
        }
        self.assertEqual(len(found), PAIRS)
        for pair, verdict in found.items():
            self.assertEqual(verdict, tuple(self._in_python(*pair)), pair)

    def _worth_comparing(self, most):
        """The pairs that share blocks that are small enough, counted in Python."""
        sizes = Counter(block for made in self.keys.values() for block in made["blocks"])
        largest = {WEAK: most.weak, OWN: caps(0).largest}
        bound = {block: largest.get(block & 3, most.largest) for block in sizes}
        worth = {n: {b for b in m["blocks"] if sizes[b] <= bound[b]} for n, m in self.keys.items()}
        for one, other in combinations(worth, 2):
            both = worth[one] & worth[other]
            alone = {block for block in both if block & OWN or sizes[block] <= most.alone}
            if alone or len(both) > 1:
                yield one, other

    def test_candidates_share_enough_and_no_pair_comes_twice(self):
        for most in (ALL, FEW):
            expected = set(self._worth_comparing(most))
            self.assertTrue(expected)
            self.env.cr.execute(candidates_of_all(most))
            found = self.env.cr.fetchall()
            self.assertEqual(len(found), len(set(found)))
            self.assertEqual(set(found), expected)
            self.env.cr.execute(candidates_of_some(most), {"ids": [3, 5]})
            found = self.env.cr.fetchall()
            self.assertEqual(len(found), len(set(found)))
            self.assertEqual(set(found), {pair for pair in expected if {3, 5} & set(pair)})
        self.env.cr.execute(candidates_of_all(FEW, share=4))
        self.assertLess(set(self.env.cr.fetchall()), expected)

    def test_step_by_step_the_same_pairs_are_found(self):
        expected = set(self._worth_comparing(FEW))
        self.env.cr.execute("CREATE TEMP TABLE step_block (block int8, id int) ON COMMIT DROP")
        self.env.cr.execute("CREATE TEMP TABLE step_pair (pair int8, size int) ON COMMIT DROP")
        for after in (0, CONTACTS // 2):
            rows = blocked("kunden_match_key", after, after + CONTACTS // 2)
            self.env.cr.execute("INSERT INTO step_block " + rows)
        source = "(SELECT block, id AS partner_id FROM step_block)"
        for part in range(4):
            self.env.cr.execute(f"INSERT INTO step_pair {paired(source, FEW, part, 4)}")
        found = []
        for after in range(0, CONTACTS, 100):
            self.env.cr.execute(counted("step_pair", FEW, after, after + 100))
            found += self.env.cr.fetchall()
        self.assertEqual(len(found), len(set(found)))
        self.assertEqual(set(found), expected)

    def test_pairs_are_sorted_and_never_hashed(self):
        """All pairs of a million contacts have a million hashes: a table of them never ends."""
        self.env.cr.execute("CREATE TEMPORARY TABLE few_pair (pair int8, size int) ON COMMIT DROP")
        self.env.cr.execute(f"EXPLAIN {counted('few_pair', FEW)}")
        plan = "\n".join(line for (line,) in self.env.cr.fetchall())
        self.assertIn("GroupAggregate", plan)
        self.assertNotIn("HashAggregate", plan)

    def test_a_typed_contact_is_compared_as_a_stored_one(self):
        typed = self.keys[7]
        self.env.cr.execute(lookup(self.weights, -999, CONTACTS, most=ALL), typed)
        found = {row[0]: tuple(row[1:3]) for row in self.env.cr.fetchall()}
        self.assertIn(7, found)
        for number, (points, certainty) in found.items():
            self.assertEqual((points, certainty), self._in_python(number, 7)[:2])

    def test_the_weights_follow_the_pairs_that_were_found(self):
        pairs = candidates_of_all(ALL)
        self.env.cr.execute(
            "CREATE TEMP TABLE match_found ON COMMIT DROP AS " + scored(pairs, self.weights)
        )
        self.env.cr.execute(point_counts("match_found"))
        changed = estimated(self.weights, self.env.cr.fetchall())
        self.assertEqual(
            {name.partition(".")[2] for name in WEIGHTS if changed[name] != self.weights[name]},
            {"prior", "loose"},
        )
