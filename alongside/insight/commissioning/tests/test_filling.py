"""Templates: filled by named cells, whole or not at all; nothing of ours runs, nothing hostile is opened."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl.workbook.defined_name import DefinedName

from alongside.foundation.trail.models import TrailRow
from alongside.insight.commissioning.filling import TemplateRefused, blank, filled
from alongside.insight.commissioning.tests.worlds import counted, own_folders, signed_in, world
from alongside.insight.interchange.reading import ListRefused
from tests.world import World, as_persona

__all__ = ["own_folders", "world"]
KNOWN = {"figure_met": 15, "figure_met_of": 48, "figure_met_percent": None, "return_of": "=1+1"}


def template(names: dict[str, str], formulas: dict[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Council's form"
    for cell, words in {"A1": "Met", **(formulas or {})}.items():
        sheet[cell] = words
    for name, address in names.items():
        book.defined_names[name] = DefinedName(name, attr_text=address)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def at(cell: str) -> str:
    return f"'Council''s form'!${cell[0]}${cell[1:]}"


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def test_named_cells_are_filled_and_formulas_stay() -> None:
    content = template({"figure_met": at("B1"), "figure_met_percent": at("C1")}, {"D1": "=B1*2", "E1": "=SUM(B1:B9)"})
    sheet = opened(filled(content, KNOWN))
    assert (sheet["A1"].value, sheet["B1"].value, sheet["C1"].value) == ("Met", 15, None)
    assert (sheet["D1"].value, sheet["E1"].value) == ("=B1*2", "=SUM(B1:B9)")
    assert sheet["D1"].data_type == "f"


def test_no_words_of_ours_run() -> None:
    cell = opened(filled(template({"figure_met": at("B1"), "return_of": at("B2")}), KNOWN))["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


@pytest.mark.parametrize(
    ("name", "address", "words"),
    [
        ("figure_nothing", at("B2"), "no such figure"),
        ("figure_met_of", "#REF!", "leads to no cell"),
        ("figure_met_of", "Elsewhere!$B$2", "leads to no cell"),
        ("figure_met_of", f"{at('B2')}:$B$9", "leads to no cell"),
        ("figure_met_of", "Sheet1!$B$1048576", "leads to no cell"),
        ("figure_met_of", at("D1"), "holds a formula"),
    ],
)
def test_what_is_missing_is_listed_and_nothing_is_written(name: str, address: str, words: str) -> None:
    content = template({"figure_met": at("B1"), name: address}, {"D1": "=1+1"})
    with pytest.raises(TemplateRefused) as refused:
        filled(content, KNOWN)
    assert [name in each and words in each for each in refused.value.missing] == [True]


def test_a_template_without_our_names_is_told_how() -> None:
    with pytest.raises(TemplateRefused, match="name box"):
        filled(template({"Print_Title": at("A1")}), KNOWN)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04nothing", b"%PDF-1.7", b"a,b\n1,2\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)]
)
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises((ListRefused, TemplateRefused)) as refused:
        filled(content, KNOWN)
    assert refused.value.words


def test_a_bomb_never_reaches_us(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, out = template({"figure_met": at("B1")}), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            after.writestr(part, before.read(part))
        after.writestr("xl/bomb.xml", b"0" * 30_000_000)
    monkeypatch.setattr("alongside.insight.commissioning.filling.load_workbook", lambda *_, **__: pytest.fail("opened"))
    with pytest.raises(ListRefused):
        filled(out.getvalue(), KNOWN)


def test_pictures_are_lost_only_when_that_was_agreed() -> None:
    plain, out = template({"figure_met": at("B1")}), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as before, zipfile.ZipFile(out, "w") as after:
        for part in before.namelist():
            after.writestr(part, before.read(part))
        after.writestr("xl/media/image1.png", b"\x89PNG")
    with pytest.raises(TemplateRefused, match="would be lost"):
        filled(out.getvalue(), KNOWN)
    assert opened(filled(out.getvalue(), KNOWN, without_pictures=True))["B1"].value == 15


def test_the_blank_one_can_be_filled() -> None:
    sheet = opened(filled(blank(KNOWN, {}), KNOWN))
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == [15, 48, None, "=1+1"]


@pytest.mark.django_db
def test_it_works(world: World) -> None:
    """From the return's page to the filled workbook, and what is wrong is said on the page."""
    pk, client = counted(world), signed_in(world, "manager")
    assert f"/commissioning/returns/{pk}/fill/" in client.get(f"/returns/{pk}/").content.decode()
    blank_one = client.get(f"/commissioning/returns/{pk}/blank/").content
    sheet = opened(blank_one)
    given = SimpleUploadedFile("council.xlsx", blank_one)
    answer = client.post(f"/commissioning/returns/{pk}/fill/", {"file": given})
    assert answer["Content-Type"].startswith("application/vnd.openxml")
    told = {row[2].value: row[1].value for row in opened(answer.content).iter_rows(min_row=2)}
    assert told["figure_met"] == 15
    assert told["figure_met_of"] == 48
    assert told["figure_met_percent"] == 31
    assert told["return_from"] == "2026-01-01"
    assert sheet["B2"].value is None
    with as_persona(world, "dp_lead"):
        assert TrailRow.objects.filter(permission="returns.download", allowed=True).count() == 1
    wrong = SimpleUploadedFile("council.xlsx", template({"figure_met": at("B1"), "figure_gone": at("B2")}))
    answer = client.post(f"/commissioning/returns/{pk}/fill/", {"file": wrong})
    assert answer.status_code == 422
    assert "figure_gone: this return has no such figure." in answer.content.decode()
    assert client.post(f"/commissioning/returns/{pk}/fill/", {}).status_code == 422
    assert signed_in(world, "hostel_worker").get(f"/commissioning/returns/{pk}/fill/").status_code == 404
