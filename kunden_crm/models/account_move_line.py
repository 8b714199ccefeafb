from odoo import api, models

_TELLING = {
    *("partner_id", "account_id", "date_maturity", "move_id"),
    *("balance", "debit", "credit", "amount_currency"),
}
