"""Runs in Odoo's shell (`env` is given): the demo users of our add-ons, and the demo company.

A database made without Odoo's own demo data has not loaded the add-ons' demo files yet.
"""
# ruff: noqa: F821

from demo_company import build

from odoo.modules.module import Manifest
from odoo.tools import convert_file

for addon in ("kunden_crm", "kunden_crm_marketing"):
    if not env["ir.module.module"].search([("name", "=", addon)]).demo:
        for name in Manifest.for_addon(addon)["demo"]:
            convert_file(env, addon, name, {}, mode="init", noupdate=True)
build(env, commit=env.cr.commit)
env.cr.commit()
