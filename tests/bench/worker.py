"""Does the jobs of a measurement inside Odoo: `worker.py DATABASE`, one job per line of input.

A job comes as `["name", {options}]` in JSON and is answered by one line of JSON. Nothing that a
job stores stays in the database.
"""

import json
import random
import sys
from time import perf_counter

from client import specification

from odoo import api
from odoo.modules.registry import Registry
from odoo.service.model import call_kw
from odoo.tools import SQL, config
from odoo.tools.safe_eval import safe_eval

FIRST_NAMES = ("Anna", "Jürgen", "Ursula", "Hans", "Lena", "Mehmet", "Zoë", "Karl-Heinz", "Ayşe")
LAST_NAMES = ("Müller", "Schmidt", "Berg", "Özdemir", "Weiß", "Krämer", "Maier-Schulz", "Nowak")
STREETS = ("Hauptstraße", "Ringweg", "Lindenallee", "Mühlgasse", "Am Markt", "Schützenplatz")
TOWNS = ("Köln", "Düsseldorf", "Berlin", "München", "Leipzig", "Würzburg")
AREA_CODES = (221, 211, 30, 89, 341, 931)


class Jobs:
    """One method per job; each gets an environment of the administrator."""

    def __init__(self):
        self._views = {}

    def ready(self, _env):
        """Answers when the registry is loaded."""
        return True

    def create(self, env, sizes, number):
        """Seconds for creating contacts in batches of these sizes, each written out."""
        dice = random.Random(number)
        germany = env.ref("base.de").id
        batches = [[contact(dice, germany) for _ in range(size)] for size in sizes]
        start = perf_counter()
        for batch in batches:
            env["res.partner"].create(batch)
            env.flush_all()
        return perf_counter() - start

    def create_queries(self, env, number):
        """How many queries it takes to create a single contact."""
        dice = random.Random(number)
        germany = env.ref("base.de").id
        env["res.partner"].create(contact(dice, germany))
        env.flush_all()
        before = env.cr.sql_log_count
        env["res.partner"].create(contact(dice, germany))
        env.flush_all()
        return env.cr.sql_log_count - before

    def fill(self, env):
        """Makes the texts of the quick search anew, for contacts that came by SQL, and keeps them.

        Their large index is put aside meanwhile: making it at the end is several times as fast.
        """
        env.cr.execute(
            "SET LOCAL maintenance_work_mem = '512MB'; SET LOCAL synchronous_commit = off"
        )
        env.cr.execute("TRUNCATE kunden_search_key")
        env.cr.execute(
            "SELECT indexname, indexdef FROM pg_indexes"
            " WHERE tablename = 'kunden_search_key' AND indexdef LIKE '%USING gin%'"
        )
        indexes = env.cr.fetchall()
        for name, _definition in indexes:
            env.cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))
        env["kunden.search.key"]._fill_missing()
        for _name, definition in indexes:
            env.cr.execute(definition)
        env.cr.commit()
        return True

    def name_search(self, env, texts, number, limit=8):
        """Per text the seconds until the lines under a field are there."""
        return [_seconds(env, "name_search", [text], limit=limit) for text in texts]

    def hits(self, env, text):
        """The ids of all contacts that are found."""
        return env["res.partner"].search([("display_name", "ilike", text)]).ids

    def read_list(self, env, action, number):
        """Seconds for a page of 80 lines, as the web client asks for it."""
        return _seconds(
            env,
            "web_search_read",
            [],
            domain=safe_eval(env.ref(action).domain or "[]"),
            specification=self._asked(env, action, "list"),
            offset=80 * number,
            limit=80,
            count_limit=10001,
        )

    def read_form(self, env, action, number):
        """Seconds for opening a contact; ten in a row are persons, companies and their people."""
        asked = self._asked(env, action, "form")
        return _seconds(env, "web_read", [[1001 + number]], specification=asked)

    def _asked(self, env, action, kind):
        """What the client asks for; it reads a view once as well."""
        if (action, kind) not in self._views:
            self._views[action, kind] = specification(env, action, kind)
        return self._views[action, kind]


def _seconds(env, method, args, **kwargs):
    """How long a call takes as it comes over the line, with nothing in the cache."""
    env.invalidate_all()
    start = perf_counter()
    call_kw(env["res.partner"], method, args, kwargs)
    return perf_counter() - start


def contact(dice, country):
    """The values of a contact as an import brings them; one third are companies."""
    last, digits = dice.choice(LAST_NAMES), dice.randrange(10**6, 10**8)
    company = dice.random() < 1 / 3
    name = f"{last} {digits} GmbH" if company else f"{dice.choice(FIRST_NAMES)} {last}"
    return {
        "name": name,
        "is_company": company,
        "street": f"{dice.choice(STREETS)} {dice.randrange(1, 200)}",
        "zip": f"{dice.randrange(1000, 99999):05}",
        "city": dice.choice(TOWNS),
        "country_id": country,
        "email": f"k{digits}@{last.lower()}.example",
        "phone": f"0{dice.choice(AREA_CODES)}/{digits}",
    }


def main(database):
    """Answer one line after the other until there is none."""
    config.parse_config(["-d", database, "--log-level", "error"])
    registry, jobs = Registry(database), Jobs()
    for line in sys.stdin:
        name, options = json.loads(line)
        with registry.cursor() as cr:
            answer = getattr(jobs, name)(api.Environment(cr, 2, {"lang": "en_US"}), **options)
            cr.rollback()
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
