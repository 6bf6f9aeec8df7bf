"""Papers as tagged PDF (PDF/UA-1): a template of the room and its data become bytes.

The template is a Typst file (https://typst.app/docs). Data reach it as JSON, so that no word of theirs can be taken for
markup, and `listing` of `print/frame.typ` makes a table that tells its headings.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

TYPE = "application/pdf"
_FRAME = Path(__file__).parent / "print" / "frame.typ"


def pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """The paper. `data` holds a `title` and what else the template asks for; a missing one raises `typst.TypstError`.

    What PDF/UA asks for (title, language, tags, words for each picture) is checked while it is made.
    """
    source = f"{_FRAME.read_text()}\n{template.read_text()}"
    return typst.compile(
        source.encode(),
        sys_inputs={"data": json.dumps(data)},
        format="pdf",
        pdf_standards="ua-1",
        ignore_system_fonts=True,
    )
