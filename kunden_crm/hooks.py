"""What happens when the add-on goes."""


def uninstall_hook(env):
    """The manager's own fields stay on the contact as custom fields of Odoo, choices as words."""
    env["kunden.field"]._leave_columns()
    env["kunden.field.verdict"]._drop_functions()
    env["kunden.merge.journal"]._watch_no_more()
    env.cr.execute("DROP FUNCTION IF EXISTS kunden_read_to_save, kunden_keep_keys")
    env.cr.execute(
        "DROP TABLE IF EXISTS kunden_match_block, kunden_match_pair, kunden_import_pair,"
        " kunden_import_shared, kunden_import_frequent, kunden_import_part,"
        " kunden_import_met, kunden_import_stop"
    )
    env["kunden.field.quality"]._drop_parts()
