"""Both add-ons become wheels that say what they stand on."""

import re
import shutil
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest
from whool import buildapi

ROOT = Path(__file__).resolve().parent.parent
NEEDS = {
    "kunden_crm": {
        "odoo",
        "odoo-addon-account-credit-control",
        "odoo-addon-partner-company-type",
        "odoo-addon-partner-contact-birthdate",
        "odoo-addon-partner-contact-gender",
        "odoo-addon-partner-contact-nationality",
        "odoo-addon-partner-contact-personal-information-page",
        "odoo-addon-partner-employee-quantity",
        "odoo-addon-partner-mobile",
        "phonenumbers",
        "python-stdnum",
    },
    "kunden_crm_marketing": {"odoo", "odoo-addon-kunden-crm", "odoo-addon-partner-survey"},
}


def wheel(addon, folder, monkeypatch):
    """The wheel of an add-on, built from a copy outside any repository."""
    copy = folder / addon
    shutil.copytree(ROOT / addon, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.chdir(copy)
    monkeypatch.setenv("WHOOL_POST_VERSION_STRATEGY_OVERRIDE", "none")
    return ZipFile(folder / buildapi.build_wheel(str(folder)))


def metadata(built):
    """The headers of a wheel's METADATA."""
    name = next(name for name in built.namelist() if name.endswith(".dist-info/METADATA"))
    return Parser().parsestr(built.read(name).decode())


def needs(headers):
    """The bare names of the required distributions.

    >>> from email.message import Message
    >>> headers = Message()
    >>> headers["Requires-Dist"] = "odoo-addon-partner_mobile==19.0.*"
    >>> needs(headers)
    {'odoo-addon-partner-mobile'}
    """
    required = headers.get_all("Requires-Dist") or []
    names = {re.match(r"[\w.-]+", line)[0] for line in required}
    return {name.replace("_", "-").lower() for name in names}


@pytest.mark.parametrize("addon", NEEDS)
def test_a_wheel_names_its_version_and_its_needs(addon, tmp_path, monkeypatch):
    built = wheel(addon, tmp_path, monkeypatch)
    headers = metadata(built)
    assert headers["Version"] == "19.0.1.0.0"
    assert headers["License"] == "AGPL-3"
    assert NEEDS[addon] <= needs(headers)
    carried = set(built.namelist())
    assert {
        f"odoo/addons/{addon}/__manifest__.py",
        f"odoo/addons/{addon}/i18n/de.po",
        f"odoo/addons/{addon}/static/description/icon.png",
    } <= carried
    assert headers.get_payload().startswith("# Kunden-CRM")


def test_a_manifest_without_a_need_makes_a_wheel_without_it(tmp_path, monkeypatch):
    origin = (ROOT / "kunden_crm" / "__manifest__.py").read_text()
    shutil.copytree(ROOT / "kunden_crm", tmp_path / "poor" / "kunden_crm")
    poor = tmp_path / "poor" / "kunden_crm" / "__manifest__.py"
    poor.write_text(origin.replace('"partner_mobile",', ""))
    monkeypatch.setattr("test_wheels.ROOT", tmp_path / "poor")
    missing = NEEDS["kunden_crm"] - needs(metadata(wheel("kunden_crm", tmp_path, monkeypatch)))
    assert missing == {"odoo-addon-partner-mobile"}
