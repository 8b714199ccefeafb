"""What the web client asks the server for when it shows a list or a form.

As `getFieldsSpec` of Odoo's web client does it: the fields of the view, of its lists of other
records those that they show, of another record its name; of what is never visible no more than ids.
"""

from lxml import etree

NEVER = {"1", "True"}
TAGS = "many2many_tags"
# What a widget wants beside its field.
WANTED_BY = {
    "list_activity": (
        "activity_exception_decoration",
        "activity_exception_icon",
        "activity_state",
        "activity_summary",
        "activity_type_icon",
        "activity_type_id",
    ),
    "image": ("write_date",),
}


def specification(env, action, kind):
    """What to ask for so that the view of that kind of an action can be shown."""
    action = env.ref(action)
    views = {view.view_mode: view.view_id.id for view in action.view_ids}
    asked = _of_model(env, action.res_model, kind, views.get(kind, False), action.id)
    return {**asked, "display_name": {}} if kind == "form" else asked


def _of_model(env, model, kind, view=False, action=False):
    """The fields of a view of a model, by default of that which the client would load."""
    got = env[model].get_views([[view, kind]], {"action_id": action} if action else {})
    arch = etree.fromstring(got["views"][kind]["arch"])
    return _of_view(env, arch, model, got["models"])


def _of_view(env, arch, model, models):
    """The fields of a view; `models` describes those of all models in it."""
    asked = {}
    for node in arch.xpath(".//field[not(ancestor::field)]"):
        described = models[model]["fields"]
        names = (node.get("name"), *WANTED_BY.get(node.get("widget"), ()))
        for name in filter(described.__contains__, names):
            wanted = _of_field(env, node, described[name], models) if name == names[0] else {}
            asked[name] = asked.get(name) or wanted
    return asked


def _of_field(env, node, field, models):
    """What is asked about one field of a view."""
    hidden = {node.get("invisible"), node.get("column_invisible")} & NEVER
    if field["type"] in ("one2many", "many2many"):
        return {} if hidden else {"fields": _of_lines(env, node, field, models), "limit": 40}
    if field["type"] == "many2one":
        return {"fields": {} if hidden else {"display_name": {}}}
    return {}


def _of_lines(env, node, field, models):
    """What is asked about the records of a list inside a view."""
    widget, relation = node.get("widget"), field["relation"]
    if widget and widget.startswith(TAGS):
        return (
            {"display_name": {}, "color": {}} if "color" in env[relation] else {"display_name": {}}
        )
    kind = node.get("mode") or "list"
    kind = "list" if "," in kind else kind
    shown = [view for view in node if view.tag in (kind, "form")]
    if not any(view.tag == kind for view in shown):
        return {} if widget else _of_model(env, relation, kind)
    asked = {}
    for view in shown:
        for name, wanted in _of_view(env, _alone(view), relation, models).items():
            asked[name] = asked.get(name) or wanted
    return asked


def _alone(view):
    return etree.fromstring(etree.tostring(view, with_tail=False))
