{
    "name": "Kunden-CRM Marketing",
    "summary": "Segments, campaigns and their results on the customer file",
    "version": "19.0.1.0.0",
    "category": "Marketing",
    "author": "Kunden-CRM",
    "license": "AGPL-3",
    "depends": [
        "kunden_crm",
        "mass_mailing",
        "survey",
        "partner_survey",
        "website",
        "website_crm",
        "sale_loyalty",
        "spreadsheet_dashboard",
    ],
    "data": [
        "security/groups.xml",
        "views/menus.xml",
    ],
    "demo": ["demo/res_users.xml"],
}
