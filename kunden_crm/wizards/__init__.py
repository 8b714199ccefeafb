from . import interaction_log
from . import letter_draft
from . import mail_compose_message
from . import partner_merge
from . import dunning_setup
from . import credit_control_marker
from . import credit_control_printer
