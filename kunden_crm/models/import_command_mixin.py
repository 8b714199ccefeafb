import time
from base64 import b64encode
from pathlib import Path

from odoo import api, models
from odoo.exceptions import UserError

# How often a job that another process does is looked at (seconds).
_PAUSE = 2


class KundenImportCommandMixin(models.AbstractModel):
    """A file that is brought in from the command line, with the rights of a clerk."""

    _name = "kunden.import.command.mixin"
    _description = "Import from the Command Line"

    @api.model
    def _of_login(self, login):
        """Imports as this user sees them, in the language of that user."""
        users = self.env["res.users"].search([("login", "=", login)], limit=1)
        if not users:
            raise UserError(self.env._("There is no user with the login %s.", login))
        companies = {"allowed_company_ids": users.company_id.ids, "lang": users.lang}
        return self.with_user(users).with_context(**companies)

    @api.model
    def _bring_in(self, path, source, start, say):
        """Check a file, and with `start` bring it in; `say` gets a sentence at each step.

        Answers whether that went well; what is wrong has been said then.
        """
        content = b64encode(self._file_content(Path(path)))
        values = {"source": source, "filename": Path(path).name, "file": content}
        batch = self.create(values)
        say(self.env._("%s is being checked.", batch.filename))
        batch.action_analyse()
        batch._work_off(say)
        if batch.state != "analysed":
            say(batch.error or batch.hint_text or batch._told_state())
            return False
        batch._say_totals(say)
        if not start:
            return True
        say(self.env._("The rows are being brought in."))
        batch.action_start()
        batch._work_off(say)
        batch._say_totals(say)
        if batch.state != "done":
            say(batch.error or batch._told_state())
        return batch.state == "done"

    @api.model
    def _file_content(self, path):
        """What is in a file of this machine."""
        try:
            return path.read_bytes()
        except FileNotFoundError as error:
            raise UserError(self.env._("There is no file %s.", path)) from error
        except OSError as error:
            raise UserError(
                self.env._(
                    "The file %(path)s cannot be read: %(why)s", path=path, why=error.strerror
                )
            ) from error

    def _work_off(self, say):
        """Do what the job has to do, or wait for the process that does it."""
        self.env["ir.cron"]._commit_progress()
        while self.is_busy:
            # sudo: the job works with the rights of whoever started it
            self.sudo()._cron_run()
            self.invalidate_recordset()
            if self.is_busy:
                say(self.env._("%s %% are done.", self.progress))
                time.sleep(_PAUSE)

    def _say_totals(self, say):
        """All rows in one sentence, and the first that wait, each with its reason."""
        if self.left_text:
            say(self.env._("Columns that are not brought in: %s", self.left_text))
        for text in filter(None, (self.total_text, self.open_text)):
            say(text)

    def _told_state(self):
        """The state in words."""
        return dict(self._fields["state"]._description_selection(self.env))[self.state]
