from odoo import models

_GROUPS = ("files", "packed", "hints", "rows", "matches", "cells", "sheets")
_DETAILS = (
    *("sheet", "sheets", "names", "columns", "encoding", "row", "limit", "line", "byte", "offset"),
    *("sample", "count", "ranges", "size"),
)


class KundenImportWordsMixin(models.AbstractModel):
    """The sentences for all that can be said of a file and its rows, by code."""

    _name = "kunden.import.words.mixin"
    _description = "Words of an Import"

    def _told(self, code, details=None):
        """The sentence for a code of a reader, a cell, a standard or a match."""
        kind, point, reason = (code or "").partition(".")
        if point:
            return self.env["kunden.standard.line"]._reason(kind, reason) or code
        details = dict(details or {})
        if code == "not_a_table":
            kinds = self._words_of_kinds()
            return kinds.get(details.get("found"), kinds["binary"])
        for group in _GROUPS:
            if sentence := getattr(self, f"_words_of_{group}")().get(code):
                return sentence % _plain(details) if "%(" in sentence else sentence
        return code

    def _told_at(self, number, heading, text):
        """A sentence about a row, which names its number in the file and the column."""
        if heading:
            return self.env._(
                "Row %(number)s, column “%(heading)s”: %(text)s",
                number=number,
                heading=heading,
                text=text,
            )
        return self.env._("Row %(number)s: %(text)s", number=number, text=text)

    def _words_of_files(self):
        """Why a file is not read at all."""
        return {
            "empty": self.env._("The file is empty."),
            "no_data_rows": self.env._("There are no rows of data below the headings."),
            "missing_file": self.env._("The file is not there any more. Please choose it again."),
            "too_large": self.env._("The file is too large: %(size)s, at most %(limit)s."),
            "too_many_rows": self.env._("The file has more than %(limit)s rows. Divide it."),
            "encrypted": self.env._(
                "The file is protected by a password. Save it without one and bring it again."
            ),
            "invalid_bytes": self.env._(
                "Line %(line)s holds a character that cannot be read (byte %(byte)s at position"
                " %(offset)s, read as %(encoding)s). Save the file as UTF-8 or choose the "
                "encoding."
            ),
            "unknown_encoding": self.env._("The encoding %(encoding)s is not known."),
            "line_too_long": self.env._(
                "Line %(line)s is longer than %(limit)s characters; this is no list."
            ),
            "quote_errors": self.env._(
                "Quotation marks are wrong in more than %(count)s rows, at last in row %(row)s."
                " Check the separator, or export the list again."
            ),
        }

    def _words_of_packed(self):
        """Why a packed file is not read."""
        return {
            "damaged": self.env._(
                "The file is damaged and cannot be read. Open it in Excel or LibreOffice and "
                "save it again."
            ),
            "too_many_parts": self.env._("The file consists of too many parts (%(count)s)."),
            "bomb": self.env._(
                "Unpacked, the file would be far too large (%(size)s). It was not read."
            ),
            "doctype": self.env._(
                "The file contains a document type, which no spreadsheet needs. It was not read."
            ),
            "no_sheet": self.env._("The file has no sheet with cells."),
            "no_such_sheet": self.env._("There is no sheet %(sheet)s."),
            "no_room": self.env._("There is no room left on the disk of the server."),
        }

    def _words_of_kinds(self):
        """What a file is that is no table."""
        return {
            "pdf": self.env._("This is a PDF. Export the list as xlsx or csv."),
            "html": self.env._(
                "This is a web page, even if its name ends with .xls. Open it in Excel and save"
                " it as xlsx."
            ),
            "xml_table": self.env._(
                "This is an XML table. Open it in Excel or LibreOffice and save it as xlsx."
            ),
            "xml": self.env._("This is XML, not a list."),
            "numbers": self.env._("This is a Numbers document. Export it as xlsx."),
            "xlsb": self.env._("This is a binary workbook (xlsb). Save it as xlsx."),
            "zip": self.env._("This is a packed file. Unpack it and bring the list itself."),
            "packed": self.env._("This is a packed file. Unpack it and bring the list itself."),
            "document": self.env._("This is a text document, not a table."),
            "image": self.env._("This is a picture."),
            "database": self.env._("This is a database file. Export the table as csv."),
            "vcard": self.env._("These are business cards (vCard), not a table."),
            "json": self.env._("This is JSON, not a table."),
            "xls": self.env._("Old Excel files cannot be read here. Save the file as xlsx."),
            "binary": self.env._("This is no list that can be read."),
        }

    def _words_of_hints(self):
        """What is worth knowing of a file that is read."""
        return {
            "encoding_guessed": self.env._("Read as %(encoding)s: “%(sample)s”."),
            "encoding_unsure": self.env._("The encoding is not certain. Check the umlauts."),
            "currency_sign": self.env._(
                "The euro sign is doubtful in %(count)s places (read as %(encoding)s)."
            ),
            "one_column": self.env._("No separator was found: the list has one column."),
            "lines_quoted": self.env._(
                "Every line stood in quotation marks as a whole; these were removed."
            ),
            "sheets_hidden": self.env._("Hidden sheets: %(sheets)s."),
            "sheets_alike": self.env._(
                "Several sheets have the same header and are read together: %(sheets)s."
            ),
            "sheets_other": self.env._("These sheets are not read: %(sheets)s."),
            "macros": self.env._("The file contains macros. They are not run."),
            "external_links": self.env._("The file links to other files. They are not read."),
            "hidden_rows": self.env._(
                "%(count)s rows are hidden by a filter; they are read all the same."
            ),
            "merged_rows": self.env._(
                "Merged cells (%(ranges)s): each of their rows has the value of the first."
            ),
            "merged_cells": self.env._(
                "Merged cells (%(ranges)s): only the first cell has the value."
            ),
            "duplicate_header": self.env._("Several columns are called %(names)s."),
            "unnamed_columns": self.env._("Columns without a name: %(columns)s."),
            "left_columns": self.env._("These columns are left aside: %(names)s."),
            "no_header": self.env._(
                "No row names the columns. Choose one, or match the columns by their content."
            ),
        }

    def _words_of_rows(self):
        """What is said of a row as a whole."""
        return {
            "row_sum": self.env._("This row holds sums and is left out."),
            "row_header": self.env._("The headings are repeated here."),
            "row_remark": self.env._("This row is a remark and is left out."),
            "row_title": self.env._("This row is a title and is left out."),
            "quote_error": self.env._("Wrong quotation marks: the row was cut at every separator."),
            "quote_mended": self.env._("Quotation marks inside of a cell were taken as they are."),
            "too_many_cells": self.env._("There are more cells than columns."),
            "beyond_columns": self.env._("Cells beyond column 2000 were not read."),
            "nobody": self.env._("Nothing names a contact."),
            "doubled": self.env._("First and last name are the same."),
            "composite": self.env._(
                "It is not certain what stands in this cell. Please divide it."
            ),
            "missing": self.env._("Required and missing: %(names)s"),
            "value": self.env._("Differs from what stands there: %(names)s"),
            "login_email": self.env._("The e-mail address is kept: this contact logs in with it."),
        }

    def _words_of_matches(self):
        """What is said of whom a row means."""
        return {
            "unsure": self.env._("May be a contact that is there already."),
            "several": self.env._("Fits several contacts."),
            "archived": self.env._("Looks like a contact that has been archived."),
            "foreign": self.env._("Belongs to another company."),
            "own_company": self.env._("This is your own company."),
            "erased": self.env._(
                "Looks like somebody who had his data erased. Please do not bring him in."
            ),
            "ref_taken": self.env._("The customer number belongs to another contact."),
            "same": self.env._("The same as row %(row)s."),
            "inside": self.env._("May be the same as row %(row)s."),
            "waits": self.env._("Waits for row %(row)s, which is the same."),
            "may_not_change": self.env._("You may not change this contact."),
            "company_several": self.env._("There are several companies of this name: %(names)s"),
            "household_several": self.env._("There are several households of this name: %(names)s"),
        }

    def _words_of_cells(self):
        """What is said of a cell."""
        return {
            "placeholder": self.env._("Stands for nothing and counts as empty."),
            "entity": self.env._("Signs of the web were replaced by what they stand for."),
            "apostrophe": self.env._("The apostrophe in front was removed."),
            "number_text": self.env._("A number where a text belongs: leading zeros may be lost."),
            "spaces": self.env._("Blanks or characters that no eye can see were removed."),
            "serial": self.env._("The number of a spreadsheet was read as a day."),
            "unit": self.env._("The unit of the heading was taken into account."),
            "country": self.env._("The country says whether this postcode lost a zero."),
            "fraction": self.env._("A whole number belongs here."),
            "error_value": self.env._("An error of the spreadsheet stands here."),
            "unknown": self.env._("There is no such choice."),
            "no_text": self.env._("A yes, a no or a day cannot stand here."),
            "no_answer": self.env._("Neither yes nor no."),
            "no_day": self.env._("There is no such day."),
            "huge": self.env._("The number is too large."),
            "long": self.env._("The text is longer than a value of this kind."),
        }

    def _words_of_sheets(self):
        """What is said of a cell of a spreadsheet."""
        return {
            "formula": self.env._("The value of a formula was taken."),
            "formula_no_value": self.env._(
                "A formula without a value: open the file in Excel and save it."
            ),
            "null_character": self.env._("A zero character was removed."),
            "cell_too_long": self.env._("The cell holds more than 100,000 characters and was cut."),
            "long_number": self.env._(
                "A number of more than 15 digits: the last ones may be wrong."
            ),
            "bad_number": self.env._("This is no number."),
            "phantom_day": self.env._("29.02.1900 never was (day 60 of Excel)."),
            "zero_date": self.env._("A date of zero."),
            "bad_date": self.env._("This is no date."),
            "time_only": self.env._("A time without a day."),
            "merged": self.env._("The cell is merged: the value of its first row was taken."),
            "shown_zeros": self.env._("Leading zeros as the sheet shows them."),
        }


def _plain(details):
    """Details as texts: lists in one line, sizes in megabytes, and nothing for what is not told."""
    told = dict.fromkeys(_DETAILS, "")
    for name, value in details.items():
        if isinstance(value, (list, tuple)):
            value = ", ".join(map(str, value))
        elif name in ("size", "limit") and "size" in details:
            value = f"{int(value) >> 20} MB"
        told[name] = value
    return told
