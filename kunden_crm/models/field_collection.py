from odoo import fields, models
from odoo.tools import SQL

_SHIPPED = """
UPDATE kunden_field_collection AS way SET asks_customer = TRUE
  FROM ir_model_data AS known
 WHERE known.module = 'kunden_crm' AND known.model = 'kunden.field.collection'
   AND known.res_id = way.id AND known.name IN ('collection_form', 'collection_survey')
"""


class KundenFieldCollection(models.Model):
    """RULE: a way by which data of customers come in, e.g. an order, a form or a talk."""

    _name = "kunden.field.collection"
    _description = "Way of Collecting Data"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    asks_customer = fields.Boolean(
        string="Asked of the Customer",
        help="What is collected this way may be named in a letter or an e-mail that asks the"
        " customer for what is missing. Fields without such a way are never named.",
    )

    def _init_column(self, column_name):
        """The ways that were shipped before this column was there know it, too."""
        done = super()._init_column(column_name)
        if column_name == "asks_customer":
            self.env.cr.execute(SQL(_SHIPPED))
        return done
