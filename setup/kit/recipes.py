"""Which add-ons stand in which database, and how each database is made."""

from kit.databases import digest, say_building, tree_digest
from kit.places import ADDONS

OCA = (
    "partner_contact_personal_information_page",
    "partner_contact_birthdate",
    "partner_contact_gender",
    "partner_contact_nationality",
    "partner_mobile",
    "partner_company_type",
    "partner_employee_quantity",
    "account_credit_control",
    "partner_survey",
)
CORE = (
    "contacts",
    "crm",
    "sale_management",
    "account",
    "portal",
    "auth_signup",
    "calendar",
    "utm",
    "privacy_lookup",
    "mass_mailing",
    "survey",
    "website",
    "website_crm",
    "sale_loyalty",
    "spreadsheet_dashboard",
)
GERMAN = "l10n_de"
# The apps in whose flows contacts are made: our tests meet them all.
MEETING = (
    "website_sale",
    "stock",
    "purchase",
    "project",
    "hr",
    "event",
    "im_livechat",
    "point_of_sale",
)
# What the files of tests/core_tests.txt test, beyond CORE.
CORE_TESTED = (
    "phone_validation",
    "account_edi_ubl_cii",
    "website_sale",
    "data_recycle",
    "base_vat",
)
TEMPLATE = "kunden_test_template"
TEMPLATE_CORE = "kunden_test_core"
BARE = "kunden_core_bare"
OURS = "kunden_core_ours"
RULES = "kunden_core_rules"


class Recipes:
    """How the databases of this workplace are made."""

    def __init__(self, odoo, databases):
        self.odoo = odoo
        self.databases = databases
        workplace = odoo.workplace
        self.checkout = workplace.places.checkout
        self._base = (workplace.source.stamp, workplace.python.requirements.read_text())

    def code_digest(self):
        """A mark of our add-ons' code of models, data, views and translations."""
        return tree_digest(*(self.checkout / addon for addon in ADDONS))

    def demo_digest(self):
        """A mark of the demo company and the script that calls it."""
        return tree_digest(self.checkout / "setup/demo_company", self.checkout / "setup/scripts")

    def _init(self, name, *options):
        self.odoo.run("db", "init", *options, name, what=f"{name} could not be made.")

    def _load_demo(self, name):
        say_building(name, "making the German demo company")
        self.odoo.script(name, "load_demo.py", what=f"{name}: no demo company could be made.")

    # The database of setup/run

    def kunden_mark(self):
        """What the working database's code must be; data of customers does not count."""
        return digest(*self._base, self.code_digest())

    def make_kunden(self, name, demo):
        """A German database with our add-ons; with demo, also the demo company and its users."""
        say_building(name, "making the database and installing Odoo's apps (1 to 2 minutes)")
        self._init(name, "--language", "de_DE", "--country", "DE")
        self.odoo.install(name, (*CORE, *OCA, GERMAN))
        say_building(name, "installing Kunden-CRM")
        self.odoo.install(name, ADDONS)
        if demo:
            self._load_demo(name)

    # The databases of setup/test

    def template(self):
        """The template of the test database: demo data, German and English, all apps met."""
        core_mark = digest(*self._base, CORE, OCA, MEETING, GERMAN)

        def make_core(name):
            say_building(name, "installing Odoo's apps with demo data (about 5 minutes, once)")
            self._init(name, "--with-demo", "--language", "de_DE")
            self.odoo.install(name, (*CORE, *OCA, *MEETING, GERMAN))

        def make(name):
            say_building(name, "installing Kunden-CRM and its demo data")
            self.databases.copy(TEMPLATE_CORE, name)
            self.odoo.install(name, ADDONS)
            self._load_demo(name)

        self.databases.build(TEMPLATE_CORE, core_mark, make_core)
        mark = digest(core_mark, self.code_digest(), self.demo_digest())
        self.databases.build(TEMPLATE, mark, make)
        return TEMPLATE

    # The databases of setup/test --core

    def core_pair(self):
        """Two databases with the same core modules and Odoo's own demo data: bare, with us."""
        bare_mark = digest(*self._base, CORE, CORE_TESTED)

        def make_bare(name):
            say_building(name, "installing bare Odoo with its demo data (about 5 minutes, once)")
            self._init(name, "--with-demo")
            self.odoo.install(name, (*CORE, *CORE_TESTED))

        def make_ours(name):
            say_building(name, "installing Kunden-CRM beside Odoo's demo data")
            self.databases.copy(BARE, name)
            self.odoo.install(name, ADDONS)

        self.databases.build(BARE, bare_mark, make_bare)
        self.databases.build(OURS, digest(bare_mark, OCA, self.code_digest()), make_ours)
        return BARE, OURS

    def core_rules_pair(self):
        """The same with five mandatory fields in force in the second."""
        bare, ours = self.core_pair()
        script = self.checkout / "setup/scripts/five_rules.py"

        def make(name):
            say_building(name, "putting five mandatory fields into force")
            self.databases.copy(ours, name)
            self.odoo.script(name, script.name, what=f"{name}: no rules could be made.")

        mark = digest(self.databases.mark(ours), script.read_text())
        self.databases.build(RULES, mark, make)
        return bare, RULES
