"""Forms of handing in: the file, the columns, one row."""

from typing import Any

from django import forms

from alongside.foundation.kit.forms import PageForm
from alongside.insight.interchange.reading import Limits
from alongside.insight.interchange.understanding import KIND_WORDS, Column, ColumnKind, Problem

KINDS = [(kind.value, words[0].upper() + words[1:]) for kind, words in KIND_WORDS.items()]
MOST_BYTES = Limits().file_bytes
TOO_BIG = f"The file must be smaller than {MOST_BYTES // (1024 * 1024)} MB. Split the list into smaller files."


class FileForm(PageForm):
    file = forms.FileField(
        label="Your list",
        help_text="As you keep it: a spreadsheet or a text file (xlsx, xls, ods, csv, tsv, txt). Nothing goes in"
        " before you have seen what we understood.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"}),
        error_messages={
            "required": "Choose your list. A file of 64 MB or more cannot be sent.",
            "empty": "This file is empty. Check that the list was saved, then choose it again.",
        },
    )

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given.size > MOST_BYTES:
            raise forms.ValidationError(TOO_BIG)
        return given


class ColumnsForm(PageForm):
    """One select for each column: `column_0`, `column_1`, …"""

    def __init__(self, columns: tuple[Column, ...], *args: Any, **kwargs: Any) -> None:
        self.columns = columns
        self.base_fields = {  # type: ignore[misc]  # a form of its own for each list
            f"column_{column.index}": forms.ChoiceField(
                label=column.heading or f"Column {column.index + 1}", choices=KINDS, initial=column.kind.value
            )
            for column in columns
        }
        super().__init__(*args, **kwargs)

    def chosen(self) -> dict[int, ColumnKind]:
        return {column.index: ColumnKind(self.cleaned_data[f"column_{column.index}"]) for column in self.columns}


class RowForm(PageForm):
    """One box for each cell of a row: `cell_0`, `cell_1`, …"""

    def __init__(self, headings: tuple[str, ...], cells: tuple[str, ...], *args: Any, **kwargs: Any) -> None:
        self.headings = headings
        self.base_fields = {  # type: ignore[misc]  # a form of its own for each list
            f"cell_{at}": forms.CharField(label=heading, initial=cell, required=False, max_length=5_000, strip=True)
            for at, (heading, cell) in enumerate(zip(headings, cells, strict=True))
        }
        super().__init__(*args, **kwargs)

    def typed(self) -> list[str]:
        return [self.cleaned_data[f"cell_{at}"] for at in range(len(self.headings))]

    def say(self, problems: tuple[Problem, ...]) -> None:
        """What is wrong, at the cell where it is."""
        for problem in problems:
            at = self.headings.index(problem.column) if problem.column in self.headings else None
            words = f"{problem.column or 'This row'} {problem.words}. {problem.what_to_do}"
            self.add_error(f"cell_{at}" if at is not None else None, words)
