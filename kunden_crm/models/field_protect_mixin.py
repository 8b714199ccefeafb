import re

from odoo import models
from odoo.tools import SQL

SPECIAL = "kunden_crm.group_special"
GROUPS = {"confidential": "kunden_crm.group_confidential", "special": SPECIAL}
# Attributes of a node that may ask for the value of another field.
ASKING = ("invisible", "readonly", "required", "column_invisible", "domain", "context")
_PROTECTED = """
SELECT field.name, entry.sensitivity
  FROM kunden_field entry JOIN ir_model_fields field ON field.id = entry.field_id
 WHERE entry.sensitivity <> 'normal'
"""


class KundenFieldProtectMixin(models.AbstractModel):
    """Hides fields that the catalogue calls confidential or special, whoever has made them.

    The rights belong to the registry, like the groups that a field is declared with: they are read
    when the models are set up, and every process sets them up anew when one changes.
    """

    _name = "kunden.field.protect.mixin"
    _description = "Protected Fields"

    _kunden_protected = {}
    _kunden_next_access = models.BaseModel._has_field_access

    def _post_model_setup__(self):
        done = super()._post_model_setup__()
        if not self._abstract:
            (table,) = self.env.execute_query(SQL("SELECT to_regclass('kunden_field')"))[0]
            found = self.env.execute_query(SQL(_PROTECTED)) if table else ()
            type(self)._kunden_protected = {name: GROUPS[kind] for name, kind in found}
            type(self)._kunden_next_access = super()._has_field_access.__func__
        return done

    def _has_field_access(self, field, operation):
        # Called a thousand times for one form: most fields pay for one look into a dict. What
        # super() finds is known since the setup; it would search a hundred classes every time.
        if field.name not in self._kunden_protected or self.env.su:
            return self._kunden_next_access(field, operation)
        group = self._kunden_protected[field.name]
        # special categories need a consent (GDPR Art. 9 (2) a), which nothing here can prove yet
        if group == SPECIAL and operation == "write":
            return False
        allowed = self._kunden_next_access(field, operation)
        return allowed and self.env.user.has_group(group)

    def _get_view(self, view_id=None, view_type="form", **options):
        """Fields with rights of the catalogue carry them in every view, like declared ones.

        What asks for such a field, e.g. to be shown or not, is for the same people: core would add
        the field for it, and whoever may not read it could not open the form.
        """
        arch, view = super()._get_view(view_id, view_type, **options)
        if self._name == "res.partner":
            for name, group in self._kunden_protected.items():
                asks = re.compile(rf"\b{name}\b")
                for node in arch.xpath("//*[not(ancestor::field)]"):
                    own = node.get("name" if node.tag == "field" else "for")
                    if own == name or any(asks.search(node.get(ask, "")) for ask in ASKING):
                        self._let_only(node, group)
        return arch, view

    def _let_only(self, node, group):
        """Puts the group on a node, beside those it has: both are asked for."""
        if not node.get("groups"):
            node.set("groups", group)
            return
        outer = node.makeelement("t", groups=group)
        node.addprevious(outer)
        outer.tail, node.tail = node.tail, None
        outer.append(node)
