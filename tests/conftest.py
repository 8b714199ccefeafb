"""Lets tests import `odoo.addons.kunden_crm.kernel` without a database."""

from pathlib import Path

import odoo.addons

REPOSITORY = str(Path(__file__).resolve().parent.parent)

if REPOSITORY not in odoo.addons.__path__:
    odoo.addons.__path__.append(REPOSITORY)
