from odoo.tests import tagged

from ..kernel.channels import CHANNELS
from .common import CustomerFileCase

UNWANTED = ("do_not_phone", "do_not_email", "do_not_letter", "do_not_sms", "do_not_visit")


@tagged("post_install", "-at_install")
class TestChannels(CustomerFileCase):
    def test_the_one_list_of_channels_is_offered_as_preference(self):
        offered = self.anna.with_user(self.clerk).fields_get(["preferred_channel"])
        selection = offered["preferred_channel"]["selection"]
        self.assertEqual([value for value, _label in selection], [value for value, _ in CHANNELS])
        self.assertEqual(len(CHANNELS), 12)

    def test_a_banner_names_the_unwanted_channels(self):
        anna = self.anna.with_user(self.clerk).with_context(lang="en_US")
        self.assertFalse(anna.no_contact_note)
        anna.write({"do_not_phone": True, "do_not_email": True})
        self.assertEqual(anna.no_contact_note, "No phone, no e-mail")
        anna.write(dict.fromkeys(UNWANTED, True))
        self.assertEqual(anna.no_contact_note, "Do not contact at all")

    def test_every_colleague_sees_what_is_unwanted(self):
        self.anna.do_not_letter = True
        anna = self.anna.with_user(self.colleague).with_context(lang="en_US")
        self.assertEqual(anna.no_contact_note, "No letter")
