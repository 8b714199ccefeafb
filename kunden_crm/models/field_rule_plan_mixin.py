from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date


class KundenFieldRulePlanMixin(models.AbstractModel):
    """Plain rules, one for a field and a kind of customer, made and ended by saying the level.

    Whatever says more than field, kind, level and reason is somebody's own rule and stays.
    """

    _name = "kunden.field.rule.plan.mixin"
    _description = "Plain Mandatory Fields"

    @api.model
    def _plain_domain(self):
        kinds = self.env["kunden.field"]._asked_kinds()
        plain = Domain("customer_kind", "in", kinds) & Domain("domain", "in", (False, "[]"))
        for name in ("customer_stage", "date_from", "date_to", "company_id", *self._offers()):
            plain &= Domain(name, "=", False)
        return plain

    @api.model
    def _plain_rules(self, entries, active_test=True):
        """The plain rules on these lines, by line and kind, those in use first."""
        rules = self.with_context(active_test=active_test).search(
            self._plain_domain() & Domain("catalogue_id", "in", entries.ids)
        )
        rules = rules.sorted(lambda rule: (not rule.active, rule.level != "required"))
        return rules.grouped(lambda rule: (rule.catalogue_id.id, rule.customer_kind))

    @api.model
    def _levels(self, entries):
        """The level of each line and kind that a plain rule asks; the stronger one counts."""
        return {key: rules[0].level for key, rules in self._plain_rules(entries).items()}

    @api.model
    def _other_rules(self, entries):
        """The rules on these lines that say more than a plain one and are not over."""
        over = Domain("date_to", "<", self._today())
        rules = self.search(Domain("catalogue_id", "in", entries.ids) & ~over)
        return rules - rules.filtered_domain(self._plain_domain())

    @api.model
    def _set_levels(self, levels):
        """Make, change or end plain rules: `levels` is {(id of line, kind): level or "no"}.

        An ended rule is archived and comes back with its reason when it is asked for again.
        """
        entries = self.env["kunden.field"].browse({number for number, _kind in levels})
        found = self._plain_rules(entries, active_test=False)
        ended, new, kept = self.browse(), [], {}
        for (number, kind), level in levels.items():
            rules = found.get((number, kind), self.browse())
            stays = rules[:1] if level not in (False, "no") else self.browse()
            ended |= (rules - stays).filtered("active")
            if stays and (not stays.active or stays.level != level):
                kept[level] = kept.get(level, self.browse()) | stays
            if not rules and level not in (False, "no"):
                new.append({"catalogue_id": number, "customer_kind": kind, "level": level})
        if ended:
            ended.active = False
        for level, rules in kept.items():
            rules.write({"active": True, "level": level})
        made = self.create(new) if new else self.browse()
        made.union(*kept.values())._give_reasons()
        entries.invalidate_recordset(["level_company", "level_private", "own_rules"])

    def _give_reasons(self):
        """Who is asked without a reason is told the first goal that the field serves."""
        silent = self.filtered(lambda rule: not rule.reason)
        for goal, rules in silent.grouped(lambda rule: rule.catalogue_id.goal_ids[:1]).items():
            if goal:
                rules.reason = goal.name

    def _in_short(self, kind=True):
        """The level and what narrows it, in a few words."""
        self.ensure_one()
        words = [self._word("customer_kind")] if kind else []
        words.append(self._word("customer_stage"))
        if self.date_from:
            words.append(self.env._("from %s", format_date(self.env, self.date_from)))
        if self.date_to:
            words.append(self.env._("until %s", format_date(self.env, self.date_to)))
        if self.domain not in (False, "[]"):
            words.append(self.env._("under a condition"))
        words += [self[name].display_name for name in ("company_id", *self._offers())]
        words = ", ".join(filter(None, words))
        return f"{self._word('level')} ({words})" if words else self._word("level")

    def _word(self, name):
        return dict(self._fields[name]._description_selection(self.env)).get(self[name])

    @api.model
    def _foresee(self, levels):
        """What follows if these levels are set: four numbers of fields and files in a sentence.

        One statement counts the files, however many fields are asked.
        """
        now = self._required_today()
        entries = self.env["kunden.field"].browse({number for number, _kind in levels})
        present = self._levels(entries)
        changed = {key: level for key, level in levels.items() if level != present.get(key, "no")}
        plain = now.filtered_domain(self._plain_domain())
        replaced = plain.filtered(
            lambda rule: (rule.catalogue_id.id, rule.customer_kind) in changed
        )
        added = now.browse()
        for (number, kind), level in changed.items():
            if level == "required":
                added += now.new({"catalogue_id": number, "customer_kind": kind, "level": level})
        return self._foreseen(now, replaced, added)

    @api.model
    def _foreseen(self, now, replaced, added):
        planned = (now - replaced) + added
        required = planned.catalogue_id
        new, gone = added.catalogue_id, replaced.catalogue_id - added.catalogue_id
        # a count would tell the values of a field that the user may not see
        partners = self.env["res.partner"]
        seen = planned.filtered(
            lambda rule: partners._has_field_access(
                partners._fields[rule.catalogue_id.technical_name], "read"
            )
        )
        total, affected = seen.sudo(False)._count_affected()
        changes = []
        if new:
            changes.append(self.env._("%s new", len(new)))
        if gone:
            changes.append(self.env._("%s no longer", len(gone)))
        told = self.env._("Mandatory fields: %s", len(required))
        told += f" ({', '.join(changes)})" if changes else ""
        lacking = self.env._(
            "Files lacking a mandatory field: %(affected)s of %(total)s",
            affected=self._grouped_number(affected),
            total=self._grouped_number(total),
        )
        return f"{told}. {lacking}."
