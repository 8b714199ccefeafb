"""The set-up: from a bare machine to a running Odoo with both add-ons. Standard library only.

`main` reads the command line, `workplace` makes what a command needs (Python packages, Odoo's
source, the PDF printer, PostgreSQL), `databases` makes databases, and one module per command
(`serve`, `testing`, `core`, `archive`) does the rest.
"""
