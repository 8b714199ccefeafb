from odoo import http
from odoo.http import content_disposition, request

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportRows(http.Controller):
    @http.route("/kunden_crm/import/<int:batch_id>/errors", type="http", auth="user", readonly=True)
    def errors(self, batch_id):
        """Give out the rows of a batch that wait, as a workbook."""
        batch = request.env["kunden.import.batch"].browse(batch_id).exists()
        if not batch:
            raise request.not_found()
        name, content = batch._error_file()
        headers = [
            ("Content-Type", MIMETYPE),
            ("Content-Disposition", content_disposition(name)),
        ]
        return request.make_response(content, headers)
