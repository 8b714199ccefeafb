from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Command


class KundenFieldDoorMixin(models.AbstractModel):
    """Asks whoever saves a contact by hand for what the rules require.

    A new file, a required value that is emptied, a change of kind or stage: these are refused. An
    old file that lacks something stays editable. All other doors store what they bring and mark it,
    except users flagged as strict integration.
    """

    _name = "kunden.field.door.mixin"
    _inherit = ["kunden.door.mixin", "kunden.save.mixin"]
    _description = "Mandatory Fields at the Doors"

    def web_save(self, vals, specification, next_id=None):
        """Save what a person typed into the form, unless something required is missing."""
        before = self._asked_before([vals], self._read_to_save(vals) if self else {})
        saved = super().web_save(vals, specification, next_id)
        if before is not None:
            (self or self.browse(saved[0]["id"]))._refuse_gaps(before, [vals])
        return saved

    def web_save_multi(self, vals_list, specification):
        """Save what a person typed into lines of a list, unless something required is missing."""
        before = self._asked_before(vals_list)
        saved = super().web_save_multi(vals_list, specification)
        if before is not None:
            self._refuse_gaps(before, vals_list)
        return saved

    @api.model
    def name_create(self, name):
        """A person who types a new name into a field is led to the form with what is missing.

        The web client says that it is a person; without that word the contact is stored and marked.
        """
        created = super().name_create(name)
        if self.env.context.get("kunden_asks_person"):
            self.browse(created[0])._refuse_gaps({}, [{"name": name}])
        return created

    @api.model_create_multi
    def create(self, vals_list):
        """Strict integrations are asked like people; nobody else is refused here."""
        partners = super().create(vals_list)
        if partners._asks_integration():
            partners._refuse_gaps({}, vals_list, integration=True)
        return partners

    def write(self, vals):
        """Strict integrations are asked like people; nobody else is refused here."""
        if not self._asks_integration():
            return super().write(vals)
        before = self._asked_before([vals])
        done = super().write(vals)
        self._refuse_gaps(before or {}, [vals], integration=True)
        return done

    def _asks_integration(self):
        return not self.env.su and self.env.uid in self.env["res.users"]._strict_integrations()

    def _asked_before(self, vals_list, found=None):
        """What is missing before a save that the rules look at; None where they do not look.

        `found` are verdicts that have been read already.
        """
        watched = self.env["kunden.field.rule"]._watched()
        if self.env.su or not watched:
            return None
        names = set().union(*vals_list)
        if self and watched.isdisjoint(names) and "child_ids" not in names:
            return None
        # sudo: what is missing is asked of the file; who may fill it in is asked at the end
        return (self | self._children_in(vals_list)).sudo()._gaps(found)

    def _children_in(self, vals_list):
        """The contact persons changed inside the form of their company; all, if one is added."""
        commands = [each for vals in vals_list for each in vals.get("child_ids") or ()]
        changed = self.browse(each[1] for each in commands if each[0] == Command.UPDATE)
        added = any(each[0] == Command.CREATE for each in commands)
        return changed | self.child_ids if added else changed

    def _gaps(self, found=None):
        """Per contact what is missing, its kind and its stage, by the rules of today."""
        checks = self.env["kunden.field.check"]
        version = checks._is_of(self.env["kunden.field.rule"]._today()) and checks._version()
        verdicts = self.env["kunden.field.verdict"]
        found = (found or {}) | self._judge_pending()
        if unread := [number for number in self.ids if number not in found]:
            found |= verdicts._read(unread)
        stale = [number for number in self.ids if found.get(number, (None,))[0] != version]
        if stale:
            found |= verdicts._judge_ids(stale, tell=True)
        return {
            partner.id: (
                set(found.get(partner.id, (0, ()))[1]),
                partner._shape(),
            )
            for partner in self
        }

    def _shape(self):
        """What decides by kind and stage whom a rule asks."""
        head = self.commercial_partner_id
        return self.is_company, head.is_company, self.customer_stage, self.type

    def _refuse_gaps(self, before, vals_list, integration=False):
        """ValidationError that names what is missing; the names of the fields for the form."""
        people = self | self._children_in(vals_list)
        # sudo: see _asked_before
        after = people.sudo()._gaps()
        lines, names = [], []
        for partner in people:
            gaps, shape = after[partner.id]
            old_gaps, old_shape = before.get(partner.id, (set(), None))
            new = gaps if shape != old_shape else gaps - old_gaps
            if new:
                unmet = partner._unmet_rules(new, integration)
                lines += unmet._lines()
                names += unmet.catalogue_id.mapped("technical_name")
        if lines:
            told = self.env._("Please fill in what is required:")
            error = ValidationError("\n".join([told, *dict.fromkeys(lines)]))
            # the form marks these fields; only such as this person may fill in
            error.context = {"missing_fields": names}
            raise error
        if not integration:
            people._note_completed(before, after, vals_list)

    def _unmet_rules(self, catalogue_ids, integration=False):
        """The required rules that ask this contact for these fields and that the user can meet."""
        self.ensure_one()
        required = self.env["kunden.field.rule"]._required_today()
        if integration:
            required = required.filtered("ask_api")
        # sudo: whom a rule asks is judged on the whole contact; only the fields that are his leave
        unmet = required._unmet(self.sudo(), catalogue_ids, self.env.company)
        return unmet.filtered(
            lambda rule: self._has_field_access(
                self._fields[rule.catalogue_id.technical_name], "write"
            )
        )
