import argparse
import sys

from odoo import SUPERUSER_ID, api
from odoo.cli import Command
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tools import config


class KundenImport(Command):
    """Check a list of customers and say what it would do; with --start bring it in.

    The exit code is 0 when that went well, whether or not rows wait for a decision, and 1 when
    the file could not be read or brought in.
    """

    name = "kunden_import"

    def run(self, cmdargs):
        options, others = self._options().parse_known_args(cmdargs)
        config.parse_config([*others, "--no-http"], setup_logging=True)
        names = config["db_name"]
        if len(names) != 1:
            sys.exit("Please name one database: -d NAME")
        with Registry(names[0]).cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            sys.exit(0 if self.bring_in(env, options) else 1)

    def _options(self):
        parser = self.parser
        parser.add_argument("file", help="xlsx, xls, ods, csv or txt")
        parser.add_argument("--source", required=True, help="where the data are from")
        parser.add_argument("--user", default="admin", help="login of the clerk, default admin")
        parser.add_argument("--start", action="store_true", help="bring it in after the check")
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        return parser

    def bring_in(self, env, options):
        """Whether the file could be read, and brought in where that was wanted."""
        batches = env["kunden.import.batch"]
        try:
            batches = batches._of_login(options.user)
            return batches._bring_in(options.file, options.source, options.start, self._say)
        except UserError as error:
            self._say(str(error))
            return False

    @staticmethod
    def _say(text):
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
