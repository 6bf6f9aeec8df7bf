"""Papers that a screen reader can read, and in which no word is taken for markup."""

import io
from pathlib import Path
from typing import Any

import pypdf
import pytest
import typst

from alongside.foundation.kit.pdf import pdf

WORDS = "A #strong[b] $x^2$ <c> @d *e* \\ “f”"


def made(tmp_path: Path, body: str, **data: Any) -> pypdf.PdfReader:
    template = tmp_path / "paper.typ"
    template.write_text(body)
    return pypdf.PdfReader(io.BytesIO(pdf(template, data)))


def kinds(node: Any) -> list[str]:
    """The kind of every element of a structure tree, in the order of reading."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [kind for each in node for kind in kinds(each)]
    if not isinstance(node, dict):
        return []
    return ([str(node["/S"])] if "/S" in node else []) + kinds(node.get("/K", []))


def test_it_is_tagged_with_title_and_language(tmp_path: Path) -> None:
    table = '#listing("Counts", ((words: "Figure"), (words: "Count", numeric: true)), data.rows)'
    reader = made(tmp_path, table, title="Return", rows=[["Women met", "12"]])
    root = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Return"
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    found = kinds(root["/StructTreeRoot"])
    assert {"/H1", "/Table", "/TR", "/TH", "/TD", "/Caption"} <= set(found)
    assert found.count("/TH") == 2
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_words_stay_words(tmp_path: Path) -> None:
    said = made(tmp_path, "#data.said", title=WORDS, said=WORDS).pages[0].extract_text()
    assert said.count("#strong[b] $x^2$ <c> @d *e*") == 2


def test_a_picture_without_words_is_refused(tmp_path: Path) -> None:
    drawn = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect width='9' height='9'/></svg>"
    with pytest.raises(typst.TypstError, match="alt"):
        made(tmp_path, '#image(bytes(data.drawn), format: "svg")', title="T", drawn=drawn)
    assert made(tmp_path, '#image(bytes(data.drawn), format: "svg", alt: "Nine")', title="T", drawn=drawn).pages


def test_what_the_template_asks_for_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(typst.TypstError):
        made(tmp_path, "#data.missing", title="T")
