import inspect

from lxml import etree

from odoo import Command
from odoo.tests import Form, new_test_user, tagged

from .common import CustomerFileCase

OWN = tuple(f"kunden_crm.view_partner_form{part}" for part in ("", "_pages", "_contacts"))
# What add-ons of core and of the OCA hang their own fields on.
ANCHORS = (
    "/form/sheet",
    "//div[@name='button_box']",
    "//div[@name='warning_tax']",
    "//div[hasclass('o_address_format')]",
    "//group/group",
    "//notebook/page[@name='contact_addresses']/field[@name='child_ids']/form",
    "//field[@name='child_ids']//form//group[@name='other_info']",
    "//page[@name='sales_purchases']/group",
    "//group[@name='container_row_2']",
    "//group[@name='sale']",
    "//group[@name='purchase']",
    "//group[@name='misc']/field[@name='company_id']",
    "//page[@name='internal_notes']",
    "//group[@name='warnings']",
    "//page[@name='personal_information_page']",
    "//group[@name='personal_information_group']",
    "//field[@name='category_id']",
    "//field[@name='company_registry']",
    "//field[@name='vat']",
)


class ViewCase(CustomerFileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "base.group_user,base.group_partner_manager,sales_team.group_sale_salesman"
        cls.seller = new_test_user(cls.env, "seller", groups=groups)
        cls.firm = cls.env["res.partner"].create(
            {
                "name": "Napf & Korb GmbH",
                "is_company": True,
                "child_ids": [
                    Command.create({"name": "Nicole Faßbender"}),
                    Command.create({"name": "Lager", "type": "delivery"}),
                ],
            }
        )
        cls.nicole, cls.depot = cls.firm.child_ids.sorted("type")

    def arch(self, user, view_type="form", view=None):
        """The view as this user gets it."""
        partner = self.env["res.partner"].with_user(user)
        view = view and self.env.ref(view).id
        return etree.fromstring(partner.get_view(view, view_type)["arch"])

    def shown(self, user, partner):
        """The fields that the form shows to this user."""
        form = Form(partner.with_user(user))
        return {name for name in form._view["fields"] if not form._get_modifier(name, "invisible")}


@tagged("post_install", "-at_install")
class TestForm(ViewCase):
    def test_everybody_opens_every_file(self):
        crew = (self.colleague, self.seller, self.reader, self.clerk, self.manager, self.officer)
        for user in crew:
            for partner in (self.firm, self.nicole, self.depot, self.anna):
                self.assertEqual(Form(partner.with_user(user)).name, partner.name)

    def test_a_private_customer_is_asked_what_concerns_persons(self):
        shown = self.shown(self.clerk, self.anna)
        self.assertLessEqual(
            {"salutation", "academic_title", "firstname", "lastname", "birthdate_date", "gender"}
            | {"nationality_id", "marital_status", "occupation", "education", "is_consumer"}
            | {"occupation_class_id", "household_id", "interest_ids"},
            shown,
        )
        for field in ("partner_company_type_id", "register_court", "employee_quantity"):
            self.assertNotIn(field, shown)

    def test_a_company_is_asked_what_concerns_companies(self):
        shown = self.shown(self.clerk, self.firm)
        self.assertLessEqual(
            {"partner_company_type_id", "industry_id", "employee_quantity", "register_court"}
            | {"company_registry", "vat", "peppol_eas", "peppol_endpoint", "child_ids"},
            shown,
        )
        for field in ("firstname", "birthdate_date", "household_id", "interest_ids"):
            self.assertNotIn(field, shown)

    def test_both_have_what_everybody_has(self):
        both = self.shown(self.clerk, self.anna) & self.shown(self.clerk, self.firm)
        self.assertLessEqual(
            {"ref", "customer_stage", "user_id", "phone", "mobile", "email", "preferred_channel"}
            | {"do_not_phone", "do_not_email", "do_not_letter", "do_not_sms", "do_not_visit"}
            | {"letter_salutation", "online_profile_ids", "category_id", "comment", "street"},
            both,
        )

    def test_a_contact_person_has_a_part_to_play_and_a_position(self):
        shown = self.shown(self.clerk, self.nicole)
        self.assertLessEqual({"contact_role_ids", "function", "parent_id"}, shown)
        self.assertNotIn("contact_role_ids", self.shown(self.clerk, self.anna))

    def test_the_stage_of_a_contact_person_is_that_of_the_company(self):
        self.assertTrue(Form(self.nicole)._get_modifier("customer_stage", "readonly"))
        self.assertFalse(Form(self.anna)._get_modifier("customer_stage", "readonly"))

    def test_nothing_is_asked_twice(self):
        with_ours = self.doubled_fields()
        self.own_views().active = False
        self.assertEqual(with_ours, self.doubled_fields())

    def own_views(self):
        """Our extensions of core's form."""
        return self.env["ir.ui.view"].browse([self.env.ref(view).id for view in OWN])

    def doubled_fields(self):
        """What the form of a file draws more than once, the contacts inside it apart."""
        nodes = self.arch(self.manager).xpath(
            "//field[not(ancestor::field)][not(ancestor-or-self::*[@invisible='1'])]"
            "[not(@invisible='True')]"
        )
        names = [node.get("name") for node in nodes]
        return {name for name in names if names.count(name) > 1}

    def test_the_anchors_of_other_add_ons_stay(self):
        form = self.arch(self.env.ref("base.user_admin"))
        self.assertFalse([path for path in ANCHORS if not _located(form, path)])

    def test_figures_and_credit_are_for_those_with_confidential_data(self):
        for user, sees in ((self.manager, True), (self.clerk, False), (self.reader, False)):
            names = {node.get("name") for node in self.arch(user).xpath("//field")}
            self.assertEqual({"figure_ids", "credit_remark"} <= names, sees)

    def test_who_has_no_role_sees_core_and_no_more_of_persons(self):
        shown = self.shown(self.seller, self.anna)
        self.assertLessEqual({"name", "phone", "birthdate_date", "lastname", "comment"}, shown)
        for field in ("interest_ids", "household_id", "online_profile_ids", "occupation_class_id"):
            self.assertNotIn(field, shown)

    def test_only_a_clerk_has_the_buttons(self):
        buttons = "//header/button | //button[@name='action_give_customer_number']"
        self.assertEqual(len(self.arch(self.clerk).xpath(buttons)), 6)
        self.assertFalse(self.arch(self.reader).xpath(buttons))

    def test_a_warning_stands_where_one_could_call_or_write(self):
        self.anna.write({"do_not_phone": True, "do_not_email": True})
        self.assertIn("no_contact_note", self.shown(self.reader, self.anna))
        self.assertNotIn("no_contact_note", self.shown(self.reader, self.firm))
        for view_type in ("list", "kanban"):
            view = f"kunden_crm.view_partner_{view_type}"
            self.assertTrue(
                self.arch(self.reader, view_type, view).xpath("//field[@name='no_contact_note']")
            )

    def test_an_unreadable_number_is_marked(self):
        self.anna.write({"phone": "keine", "country_id": self.env.ref("base.de").id})
        self.assertIn("phone_problem", self.shown(self.clerk, self.anna))
        self.anna.phone = "0221/4710-900"
        shown = self.shown(self.clerk, self.anna)
        self.assertIn("phone_display", shown)
        self.assertNotIn("phone_problem", shown)

    def test_a_number_is_given_by_a_button(self):
        self.anna.ref = False
        self.anna.with_user(self.clerk).action_give_customer_number()
        self.assertTrue(self.anna.ref)

    def test_no_more_queries_than_the_new_facts_need(self):
        """One for each list of facts, two for the neighbours; a figure of its own per number."""
        queries = {}
        for active in (True, False):
            self.own_views().active = active
            self.env.flush_all()
            form = Form(self.anna.with_user(self.clerk))
            spec = form._view["fields_spec"]
            self.anna.with_user(self.clerk).web_read(spec)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.anna.with_user(self.clerk).web_read(spec)
            queries[active] = self.env.cr.sql_log_count - before
        self.assertLessEqual(queries[True], queries[False] + 8)


def _located(form, path):
    """hasclass is an extension of Odoo, so the address is looked up as plain text here."""
    if "hasclass" in path:
        path = "//div[contains(@class, 'o_address_format')]"
    return form.xpath(path)


@tagged("post_install", "-at_install")
class TestButtons(CustomerFileCase):
    def test_every_button_finds_its_method_and_hands_over_what_was_chosen(self):
        """The client calls by the chosen ids; a method of the model takes them as an argument."""
        data = self.env["ir.model.data"].search(
            [("model", "=", "ir.ui.view"), ("module", "=like", "kunden_crm%")]
        )
        wrong, called = [], 0
        for view in self.env["ir.ui.view"].browse(data.mapped("res_id")):
            for button in etree.fromstring(view.arch_db).iterfind(".//button[@type='object']"):
                model = self.model_of(button, view.model)
                method = getattr(self.env[model], button.get("name"), None)
                called += 1
                try:
                    ids = [[1]] if getattr(method, "_api_model", False) else []
                    inspect.signature(method).bind(*ids)
                except TypeError as error:
                    wrong.append(f"{view.xml_id}: {model}.{button.get('name')}: {error}")
        self.assertGreater(called, 50)
        self.assertEqual(wrong, [])

    def model_of(self, node, model):
        """The model of a node: that of the lists in which it stands, else that of the view."""
        path = [one.get("name") for one in node.iterancestors("field")]
        for name in reversed([name for name in path if name not in ("arch",)]):
            model = self.env[model]._fields[name].comodel_name or model
        return model
