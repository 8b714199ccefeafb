"""Every file keeps the house rules, and every rule notices a file that does not."""

from pathlib import Path

import house
import house_rules
import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = list(house.sources(ROOT))

MODEL = "class Thing(models.Model):\n    {}\n    _name = 'kunden.thing'\n"
FACT = MODEL.format("'FACT: it is.'")
LONG = "x = 1\n" * 61 * 5
LONG_FUNCTION = "def f():\n" + "    x = 1\n" * 39

# rule, where, what keeps it, what breaks it
SAMPLES = [
    ("kernel_imports", "kunden_crm/kernel/a.py", "import re, phonenumbers", "import odoo"),
    ("kernel_imports", "kunden_crm/kernel/a.py", "from .b import c", "from ..models import c"),
    ("kernel_imports", "kunden_crm/kernel/a.py", "from stdnum.de import vat", "import numpy"),
    (
        "kernel_imports",
        "kunden_crm/kernel/sub/a.py",
        "from odoo.addons.kunden_crm.kernel.b import c",
        "from odoo.addons.kunden_crm.kernels import c",
    ),
    (
        "kernel_imports",
        "kunden_crm_marketing/kernel/a.py",
        "import numpy\nfrom scipy import stats",
        "from odoo.addons.kunden_crm.kernel.names import split",
    ),
    ("kernel_imports", "kunden_crm/kernel/a.py", "", "__import__('odoo')"),
    ("model_imports", "kunden_crm/models/a.py", "from ..kernel import a", "from .. import wizards"),
    (
        "model_imports",
        "kunden_crm/models/a.py",
        "from odoo import models",
        "from odoo.addons.kunden_crm.controllers.main import Main",
    ),
    ("model_imports", "kunden_crm/models/a.py", "import json", "from ..report import cube"),
    (
        "marketing_imports",
        "kunden_crm_marketing/models/a.py",
        "from odoo.addons.mass_mailing.models import mailing",
        "from odoo.addons.kunden_crm.models import res_partner",
    ),
    ("one_way", "kunden_crm/views/a.xml", "<odoo/>", "<a ref='kunden_crm_marketing.b'/>"),
    (
        "no_sql_in_talk",
        "kunden_crm/wizards/a.py",
        "self.partner_id.action_archive()",
        "self.env.cr.execute('SELECT 1')",
    ),
    ("no_sql_in_talk", "kunden_crm/controllers/a.py", "f()", "env.execute_query(SQL('SELECT 1'))"),
    ("report_reads", "kunden_crm/report/a.py", "self.env.cr.execute(q)", "self.write({'a': 1})"),
    (
        "report_reads",
        "kunden_crm/report/a.py",
        "[part for part in self._parts()]",
        "for record in self.search(domain):\n    pass",
    ),
    ("file_size", "kunden_crm/models/a.py", "x = 1\n" * 300, LONG),
    ("file_size", "setup/kit/a.py", "x = 1\n" * 300, LONG),
    ("partner_size", "kunden_crm/models/res_partner.py", "x = 1\n" * 60, "x = 1\n" * 61),
    ("function_size", "setup/a.py", LONG_FUNCTION, LONG_FUNCTION + "    y = 2"),
    ("named_catch", "setup/a.py", "try: f()\nexcept OSError: g()", "try: f()\nexcept: g()"),
    ("named_catch", "a.py", "try: f()\nexcept A: g()", "try: f()\nexcept (A, Exception): g()"),
    (
        "route_docstrings",
        "kunden_crm/controllers/a.py",
        "@http.route('/a')\ndef a(self):\n    'Says a.'",
        "@http.route('/a')\ndef a(self): pass",
    ),
    (
        "method_docstrings",
        "kunden_crm/models/a.py",
        MODEL.format("def go(self):\n        'Goes.'"),
        MODEL.format("def go(self): pass"),
    ),
    (
        "method_docstrings",
        "kunden_crm/wizards/a.py",
        MODEL.format("def _go(self): pass"),
        MODEL.format("@api.model\n    def go(self): pass"),
    ),
    ("model_kinds", "kunden_crm/models/a.py", FACT, MODEL.format("'It is.'")),
    ("model_kinds", "kunden_crm/models/a.py", FACT, MODEL.format("'FACTUAL: it is.'")),
    (
        "model_kinds",
        "kunden_crm/report/a.py",
        MODEL.format("'VIEW: all.'\n    _auto = False"),
        MODEL.format("'VIEW: all.'"),
    ),
    (
        "model_kinds",
        "kunden_crm/wizards/a.py",
        MODEL.format("'DIALOGUE: which?'").replace("Model", "TransientModel"),
        MODEL.format("'DIALOGUE: which?'"),
    ),
    (
        "model_kinds",
        "kunden_crm/models/a.py",
        MODEL.format("_inherit = 'kunden.thing'"),
        MODEL.format("_inherit = 'mail.thread'"),
    ),
    (
        "model_kinds",
        "kunden_crm/models/a.py",
        MODEL.format("pass").replace("Model", "AbstractModel"),
        MODEL.format("pass"),
    ),
    ("no_skips", "kunden_crm/tests/test_a.py", "row.skip()", "self.skipTest('no')"),
    ("no_skips", "tests/test_a.py", "self.fail('no')", "raise unittest.SkipTest('no')"),
    ("no_skips", "tests/test_a.py", "self.fail('no')", "@pytest.mark.xfail\ndef test(): pass"),
    ("no_skips", "tests/test_a.py", "skip_me = 1", "@pytest.mark.skipif(1)\ndef test(): pass"),
    ("no_addresses", "README.md", "see the documentation", "see https://" + "pypi" + ".org"),
    ("no_addresses", "setup/run", "cd /var", f"cd {house_rules.CHECKOUT}"),
]


@pytest.mark.parametrize("check", house_rules.CHECKS, ids=lambda check: check.__name__)
def test_the_house_keeps_its_rules(check):
    offences = [offence for source in SOURCES for offence in check(source)]
    assert not offences, "\n" + "\n".join(offences)


@pytest.mark.parametrize(
    ("rule", "path", "kept", "broken"),
    SAMPLES,
    ids=[f"{rule}-{number}" for number, (rule, *_) in enumerate(SAMPLES)],
)
def test_a_rule_notices_who_breaks_it(rule, path, kept, broken):
    check = getattr(house_rules, rule)
    assert not list(check(house.Source(path, kept)))
    assert list(check(house.Source(path, broken)))


def test_no_rule_is_without_a_sample():
    assert {rule for rule, *_ in SAMPLES} == {check.__name__ for check in house_rules.CHECKS}


def test_the_walk_sees_the_house_and_not_its_dust():
    paths = {source.path.as_posix() for source in SOURCES}
    assert {".pylintrc", "LICENSE", "kunden_crm/__manifest__.py", "tests/house_rules.py"} <= paths
    assert not [path for path in paths if path.startswith(".git/") or "__pycache__" in path]
