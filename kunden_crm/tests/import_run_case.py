"""Imports without a file: rows as the preview leaves them, and the job that works on them."""

from unittest.mock import patch

from freezegun import freeze_time

from .common import CustomerFileCase


class ImportRunCase(CustomerFileCase):
    """A clerk who has a source, and batches of rows that wait for their start."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source = cls.env["kunden.import.source"].create({"name": "Kassenjournal", "rank": 50})
        cls.clerk.lang = "en_US"

    def batch(self, *rows, source=None, user=None, **policies):
        """A batch with a preview: rows are values, with `state`, `partner_id` ... below "_"."""
        return self.stored(self.env, rows, source or self.source, user or self.clerk, policies)

    @staticmethod
    def stored(env, rows, source, user, policies=()):
        """The same for any environment."""
        batch = env["kunden.import.batch"].create(
            {
                "source": source.name,
                "source_id": source.id,
                "user_id": user.id,
                "state": "analysed",
                "company_id": user.company_id.id,
                "column_ids": [
                    (0, 0, {"number": at, "target": name, "policy": policy})
                    for at, (name, policy) in enumerate(dict(policies).items())
                ],
            }
        )
        vals_list = []
        for number, values in enumerate(rows, 2):
            values = dict(values)
            more = values.pop("_", {})
            vals_list.append(
                {"batch_id": batch.id, "number": number, "state": "new", "values": values, **more}
            )
        env["kunden.import.row"].create(vals_list)
        return batch.with_user(user)

    def run_job(self):
        """All that the scheduled action does, its commits left out."""
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", lambda _cron, *_done, **_left: 60
        ):
            self.env["kunden.import.batch"]._cron_run()
        self.env.invalidate_all()

    def imported(self, *rows, **more):
        """A batch that has been carried out."""
        batch = self.batch(*rows, **more)
        batch.action_start()
        self.run_job()
        self.assertEqual(batch.state, "done", batch.error)
        return batch

    def undone(self, batch):
        """The batch, taken back."""
        batch.action_undo()
        self.run_job()
        self.assertEqual(batch.state, "undone", batch.error)
        return batch

    def states(self, batch):
        """The states of the rows in their order."""
        return batch.sudo().row_ids.mapped("state")

    def contact(self, name):
        """The contact of this name, archived ones too."""
        return self.env["res.partner"].with_context(active_test=False).search([("name", "=", name)])


def at(moment):
    """A moment of the stories."""
    return freeze_time(moment)
