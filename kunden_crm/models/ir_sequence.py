from odoo import api, models
from odoo.tools import SQL

CUSTOMERS = "kunden.customer"


class IrSequence(models.Model):
    _inherit = "ir.sequence"

    @api.model
    def _of_customers(self):
        """The sequence of customer numbers: the company's own, else the common one."""
        company = self.env.company.id
        return self.search(
            [("code", "=", CUSTOMERS), ("company_id", "in", (company, False))],
            order="company_id",
            limit=1,
        )

    def _draw(self, count):
        """The next `count` numbers; one query where the sequence is of the standard kind."""
        if not self._is_plain():
            return [self._next() for _number in range(count)]
        name = f"ir_sequence_{self.id:03d}"
        drawn = SQL("SELECT nextval(%s) FROM generate_series(1, %s)", name, count)
        return self._written(number for (number,) in self.env.execute_query(drawn))

    def _peek(self, count):
        """The `count` numbers that would come next, or [] where that is not known."""
        if not self._is_plain():
            return []
        self.invalidate_recordset(["number_next_actual"])
        step = self.number_increment
        return self._written(self.number_next_actual + step * ahead for ahead in range(count))

    def _is_plain(self):
        return self.implementation == "standard" and not self.use_date_range

    def _written(self, numbers):
        """Numbers as they are written, with prefix, suffix and leading zeros."""
        prefix, suffix = self._get_prefix_suffix()
        return [f"{prefix}{number:0{self.padding}d}{suffix}" for number in numbers]
