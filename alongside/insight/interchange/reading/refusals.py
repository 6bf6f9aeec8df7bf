"""Why a file is not taken as a list, and what its sender can do about it."""

SAVE_AS = "Open it in a spreadsheet program and save it as .xlsx or .csv, then upload that file."

REFUSALS: dict[str, str] = {
    "missing": "There is no file here. Choose the list again.",
    "not_a_file": "This is a link or a folder, not a file. Choose the list itself.",
    "empty": "This file is empty. Check that the list was saved, then upload it again.",
    "file_too_big": "This file is larger than {limit}. Split the list into smaller files.",
    "unfolds_too_big": (
        "This workbook unfolds to more than it may (it may be damaged or harmful). Copy only the list into a new "
        "workbook, save it, then upload that file."
    ),
    "too_many_rows": "This list has more than {limit} rows. Split it into smaller files.",
    "too_many_columns": "Row {row} has more than {limit} columns. Keep only the columns of the list.",
    "too_many_sheets": "This workbook has more than {limit} sheets. Keep only the sheet with the list.",
    "cell_too_long": "A cell in row {row} holds more than {limit} characters. Shorten it, then upload the file again.",
    "too_slow": "Reading this file took too long. Copy only the list into a new workbook, then upload that file.",
    "too_much_memory": (
        "Reading this file took too much memory. Copy only the list into a new workbook, then upload that file."
    ),
    "damaged": f"This file is damaged and cannot be read. {SAVE_AS}",
    "password": "This workbook is protected by a password. Save it without one, then upload that file.",
    "entities": (
        "This workbook holds instructions to fetch other files, as harmful files do. Copy the list into a new "
        "workbook, then upload that file."
    ),
    "binary": f"This is not a list that can be read: it holds bytes that are not text. {SAVE_AS}",
    "pdf": "This is a PDF, not a list. Ask for the spreadsheet that it was printed from.",
    "image": "This is a picture, not a list. Ask for the spreadsheet, or type the list into one.",
    "archive": "This is a packed folder. Unpack it and upload the lists in it one by one.",
    "document": f"This is a text document, not a list. Copy its table into a spreadsheet. {SAVE_AS}",
    "markup": f"This is a web page or XML, whatever its name says. {SAVE_AS}",
    "binary_workbook": f"This is a binary workbook (.xlsb). {SAVE_AS}",
    "no_rows": "There are no rows in this file. Check that the list was saved, then upload it again.",
    "changed": "The file was changed while it was being read. Upload it again.",
}


class ListRefused(Exception):
    """The file is not taken in. `code` is a key of REFUSALS; `words` say what to do and name nobody."""

    def __init__(self, code: str, *, row: int = 0, limit: str = "") -> None:
        self.code = code
        self.row = row
        self.limit = limit
        self.words = REFUSALS[code].format(row=row, limit=limit)
        super().__init__(self.words)
