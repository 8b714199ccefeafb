"""Every term of both add-ons is in the template and has its German."""

import re
from io import BytesIO
from pathlib import Path

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import trans_export

ROOT = Path(__file__).resolve().parent.parent
ADDONS = ("kunden_crm", "kunden_crm_marketing")


def demo_records(addon):
    """The external ids that only demo data brings: example texts stay as they are."""
    texts = [path.read_text() for path in (ROOT / addon / "demo").glob("*.xml")]
    ids = re.findall(r'<(?:record|template)\b[^>]*?\bid="([\w.]+)"', "".join(texts))
    return {name if "." in name else f"{addon}.{name}" for name in ids}


def terms(po, without=()):
    """Where each source text stands, as {text: places}, except in some records."""
    places = {}
    for entry in po:
        kept = {where for where, _ in entry.occurrences if where.split(":")[-1] not in without}
        if kept:
            places[entry.msgid] = kept
    return places


def differences(fresh, stored):
    """What a stored template lacks or has too much, one line per text."""
    return [
        f"{'new' if text not in stored else 'gone' if text not in fresh else 'moved'}: {text}"
        for text in sorted({*fresh, *stored})
        if fresh.get(text) != stored.get(text)
    ]


def without_german(texts, po):
    """The source texts to which the German file has no sound answer."""
    german = {entry.msgid: entry for entry in po if not entry.obsolete}
    return [
        text
        for text in sorted(texts)
        if text not in german or not german[text].msgstr.strip() or german[text].fuzzy
    ]


def entry(text, german="", **more):
    """An entry of a translation file, for the samples."""
    places = [("model:res.groups,name:kunden_crm.group_a", "")]
    return polib.POEntry(msgid=text, msgstr=german, **{"occurrences": places, **more})


def test_a_new_a_gone_and_a_moved_text_are_noticed():
    here, there = {"model:a"}, {"model:b"}
    assert differences({"A": here}, {"A": here}) == []
    fresh, stored = {"A": here, "B": here}, {"B": there, "C": here}
    assert differences(fresh, stored) == ["new: A", "moved: B", "gone: C"]


def test_missing_empty_fuzzy_and_obsolete_german_is_noticed():
    answers = [
        entry("Well", "Gut"),
        entry("Empty", " "),
        entry("Vague", "Vage", flags=["fuzzy"]),
        entry("Old", "Alt", obsolete=True),
    ]
    texts = {"Well", "Empty", "Vague", "Old", "Missing"}
    assert without_german(texts, answers) == ["Empty", "Missing", "Old", "Vague"]


def test_texts_of_demo_records_do_not_count():
    assert terms([entry("A")]) == {"A": {"model:res.groups,name:kunden_crm.group_a"}}
    assert terms([entry("A")], without={"kunden_crm.group_a"}) == {}
    assert "kunden_crm.user_klara" in demo_records("kunden_crm")


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    def stored(self, addon, name):
        """A translation file of the repository."""
        return polib.pofile(str(ROOT / addon / "i18n" / name))

    def exported(self, addon):
        """The texts of the database, exported as `odoo i18n export` does it."""
        with BytesIO() as target:
            self.assertTrue(trans_export(None, [addon], target, "po", self.env))
            return terms(polib.pofile(target.getvalue().decode()), demo_records(addon))

    def test_the_template_is_up_to_date(self):
        for addon in ADDONS:
            stored = terms(self.stored(addon, f"{addon}.pot"), demo_records(addon))
            self.assertEqual(differences(self.exported(addon), stored), [], addon)

    def test_every_text_has_its_german(self):
        for addon in ADDONS:
            german = self.stored(addon, "de.po")
            self.assertEqual(without_german(self.exported(addon), german), [], addon)
            self.assertEqual([e.msgid for e in german if e.fuzzy or e.obsolete], [], addon)
