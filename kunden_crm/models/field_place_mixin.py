from lxml import etree

from odoo import api, models

PAGES = {
    "person": "personal_information_page",
    "company": "company_details",
    "addressing": "addressing",
}
HIDDEN_FOR = {
    "person": "is_company",
    "private": "is_company or parent_id",
    "company": "not is_company",
}


class KundenFieldPlaceMixin(models.AbstractModel):
    """Puts the manager's own fields into form, list and search, and the guidance beside a field."""

    _name = "kunden.field.place.mixin"
    _description = "Own Fields in the Views"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        entries = self.env["kunden.field"]._own_fields()
        place = getattr(self, f"_place_in_{view_type}", None)
        if entries and place and self._name == "res.partner":
            place(arch, entries)
        return arch, view

    @api.model
    def _place_in_form(self, arch, entries):
        """Each field on the page chosen for it; on a page of its own where that one is missing."""
        notebook = arch.find(".//notebook")
        if notebook is None or not arch.xpath(".//page[@name='contact_addresses']"):
            return
        for entry in entries:
            page = self._own_page(notebook, PAGES.get(entry["section"]))
            group = page.find("group[@name='own_fields']")
            if group is None:
                outer = etree.SubElement(page, "group", name="own_fields")
                group = etree.SubElement(outer, "group", name="own_fields_left")
                etree.SubElement(outer, "group", name="own_fields_right")
            else:
                left, right = group
                group = right if len(left) > len(right) else left
            group.append(self._own_node(entry))
        page = notebook.find("page[@name='own_fields']")
        if page is not None:
            self._only_with_fields(page, entries)

    @api.model
    def _own_page(self, notebook, name):
        """The page of that name, else the page of the own fields."""
        for wanted in (name, "own_fields"):
            page = notebook.find(f"page[@name='{wanted}']")
            if page is not None:
                return page
        return etree.SubElement(
            notebook, "page", name="own_fields", string=self.env._("More"), autofocus="0"
        )

    @api.model
    def _only_with_fields(self, page, entries):
        """The page is there for whom, and for which customers, one of its fields is."""
        hides = {entry["name"]: HIDDEN_FOR.get(entry["customer_kind"]) for entry in entries}
        shown = [node.get("name") for node in page.iter("field")]
        groups = {self._kunden_protected.get(name) for name in shown}
        hidden = {hides.get(name) for name in shown}
        if None not in groups:
            page.set("groups", ",".join(sorted(groups)))
        if None not in hidden:
            page.set("invisible", " and ".join(f"({when})" for when in sorted(hidden)))

    @api.model
    def _own_node(self, entry, **attributes):
        node = etree.Element("field", name=entry["name"], **attributes)
        if entry["customer_kind"] in HIDDEN_FOR:
            node.set("invisible", HIDDEN_FOR[entry["customer_kind"]])
        if entry["field_type"] == "many2many":
            node.set("widget", "many2many_tags")
        if entry["field_type"] in ("selection", "many2many"):
            node.set("options", "{'no_create': True, 'no_open': True}")
            # not the domain of the column: that of a many2many hides what was chosen before
            node.set("domain", f"[('catalogue_id', '=', {entry['id']}), ('in_use', '=', True)]")
        return node

    @api.model
    def _place_in_list(self, arch, entries):
        """Columns that one may choose; in the list of the customer file."""
        if not arch.xpath(".//field[@name='customer_stage']"):
            return
        for entry in entries:
            if entry["in_list"]:
                node = etree.Element("field", name=entry["name"], optional="hide")
                if entry["field_type"] == "many2many":
                    node.set("widget", "many2many_tags")
                arch.append(node)

    @api.model
    def _place_in_search(self, arch, entries):
        """Search by the field, and grouping by it below the other groupings."""
        groups = arch.xpath(".//filter[@name='group_tag']")
        fields = arch.findall("field")
        if not groups or not fields:
            return
        # sudo: the view is the same for all who read that language; rights are put on it later
        labels = self.sudo().fields_get([entry["name"] for entry in entries], ["string"])
        for entry in reversed([entry for entry in entries if entry["in_search"]]):
            fields[-1].addnext(etree.Element("field", name=entry["name"]))
            if entry["field_type"] == "text":
                continue
            name = entry["name"]
            groups[0].addprevious(
                etree.Element(
                    "filter",
                    name=f"group_{name}",
                    string=labels[name]["string"],
                    context=f"{{'group_by': '{name}'}}",
                )
            )

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """The guidance of the catalogue is the tooltip of its field."""
        told = super().fields_get(allfields, attributes)
        if attributes is None or "help" in attributes:
            for name, guidance in self.env["kunden.field"]._guidances(self.env.lang).items():
                if name in told:
                    told[name]["help"] = guidance
        return told
