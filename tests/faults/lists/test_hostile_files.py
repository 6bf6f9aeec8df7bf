"""Hostile and broken files: each ends in a clear message or in rows, within bounded memory, and nothing is run."""

import io
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import xlwt  # type: ignore[import-untyped]
from odf.opendocument import OpenDocumentSpreadsheet  # type: ignore[import-untyped]
from odf.table import Table, TableCell, TableRow  # type: ignore[import-untyped]
from odf.text import P  # type: ignore[import-untyped]

from alongside.insight.interchange.reading import Limits, ListRefused, Row, isolation, read_list
from alongside.insight.interchange.reading.limits import MB
from alongside.insight.interchange.reading.refusals import REFUSALS
from alongside.insight.interchange.reading.workbooks import FORMULAS, MACROS

SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FOLDED = Limits(ratio=1_000_000)
TWO_ROWS = (Row(1, ("Ref", "Name")), Row(2, ("1", "Kay")))


def workbook(path: Path, rows: list[list[object]] | None = None) -> Path:
    book = openpyxl.Workbook()
    for row in rows or [["Ref", "Name"], [1, "Kay"]]:
        book.active.append(row)
    book.save(path)
    return path


def repacked(path: Path, name: str, changes: dict[str, bytes]) -> Path:
    """A copy of a workbook in which some parts are others."""
    copy = path.with_name(name)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part not in changes:
                new.writestr(part, old.read(part))
        for part, content in changes.items():
            new.writestr(part, content)
    return copy


def sheet_xml(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read(SHEET).decode()


def bomb(path: Path, megabytes: int) -> Path:
    """A workbook whose sheet unfolds to so many megabytes of honest cells."""
    plain = workbook(path.with_name("plain.xlsx"))
    head, tail = sheet_xml(plain).split("</sheetData>")
    cells = b'<row><c t="inlineStr"><is><t>a cell of text</t></is></c></row>' * (MB // 62)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for part in old.namelist():
            if part != SHEET:
                new.writestr(part, old.read(part))
        with new.open(SHEET, "w") as sheet:
            sheet.write(head.encode())
            for _ in range(megabytes):
                sheet.write(cells)
            sheet.write(b"</sheetData>" + tail.encode())
    return path


def refused(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(ListRefused) as caught:
        read_list(path, limits)
    assert caught.value.words
    assert str(path) not in caught.value.words
    return caught.value.code


def saved(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# What is no list


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.csv", b"", "empty"),
        ("blank.csv", b"\n\n  \n", "no_rows"),
        ("nul.csv", b"Ref,Name\n1,\x00Kay\n", "binary"),
        ("random.csv", b"\x00\x01\x02\x03" * 200, "binary"),
        ("paper.csv", b"%PDF-1.7 ...", "pdf"),
        ("photo.xlsx", b"\x89PNG\r\n\x1a\n....", "image"),
        ("scan.csv", b"\xff\xd8\xff\xe0....", "image"),
        ("packed.csv", b"\x1f\x8b\x08....", "archive"),
        ("seven.csv", b"7z\xbc\xaf\x27\x1c...", "archive"),
        ("text.csv", rb"{\rtf1 Kay}", "document"),
        ("page.xls", b"\xef\xbb\xbf  <html><table>", "markup"),
        ("book.xml", b'<?xml version="1.0"?><Workbook/>', "markup"),
        ("cut.xlsx", b"PK\x03\x04" + b"\x07" * 400, "damaged"),
        ("cut.xls", OLE + bytes(range(256)) * 20, "damaged"),
        ("locked.xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("letter.xls", OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "document"),
    ],
)
def test_what_is_no_list_is_refused_by_its_content(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    assert refused(saved(tmp_path / name, content)) == code


def test_words_that_only_begin_like_a_picture_are_a_list(tmp_path: Path) -> None:
    assert read_list(saved(tmp_path / "a.csv", "BMI,Name\n20,Kay\n")).sheets[0].row_count == 2


def test_every_refusal_says_what_to_do() -> None:
    assert all(words.count(".") >= 1 and len(words) > 40 for words in REFUSALS.values())


def test_missing_files_folders_links_and_pipes_are_refused(tmp_path: Path) -> None:
    target = saved(tmp_path / "a.csv", "Ref,Name\n1,Kay\n")
    link, pipe = tmp_path / "link.csv", tmp_path / "pipe.csv"
    link.symlink_to(target)
    os.mkfifo(pipe)
    assert refused(tmp_path / "nothing.csv") == "missing"
    assert [refused(path) for path in (tmp_path, link, pipe)] == ["not_a_file"] * 3


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"word/document.xml": b"<w/>"}, "document"),
        ({"inner.zip": b"PK\x03\x04", "list.csv": b"Ref,Name"}, "archive"),
        ({"xl/workbook.bin": b"x"}, "binary_workbook"),
        ({"xl/workbook.xml": b"<workbook", SHEET: b"<x"}, "damaged"),
    ],
)
def test_other_packages_are_refused(tmp_path: Path, parts: dict[str, bytes], code: str) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    assert refused(path) == code


def test_a_truncated_workbook_is_damaged(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    assert refused(saved(path, path.read_bytes()[:-900])) == "damaged"


# What tries to harm


def test_an_outer_entity_is_refused_wherever_it_stands(tmp_path: Path) -> None:
    plain = workbook(tmp_path / "plain.xlsx")
    secret = saved(tmp_path / "secret.txt", "canary")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'
    body = sheet_xml(plain).replace(">Kay<", ">&e;<").split("?>", 1)[-1]
    for name, encoding in (("utf8.xlsx", "utf-8"), ("utf16.xlsx", "utf-16")):
        xml = f'<?xml version="1.0" encoding="{encoding}"?><!--{"x" * 2_000_000}-->{entity}{body}'
        assert refused(repacked(plain, name, {SHEET: xml.encode(encoding)}), FOLDED) == "entities"


def test_a_bomb_is_refused_before_it_unfolds(tmp_path: Path) -> None:
    path = bomb(tmp_path / "bomb.xlsx", 400)
    assert path.stat().st_size < 8 * MB
    assert refused(path) == "unfolds_too_big"


def test_a_bomb_that_lies_about_its_size_does_not_unfold(tmp_path: Path) -> None:
    path = bomb(tmp_path / "bomb.xlsx", 200)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        true = package.getinfo(SHEET).file_size.to_bytes(4, "little")
    small = (1000).to_bytes(4, "little")
    assert true in content
    assert refused(saved(path, bytes(content).replace(true, small))) in (
        "damaged",
        "too_much_memory",
        "unfolds_too_big",
    )


def test_macros_are_not_run_and_the_person_is_told(tmp_path: Path) -> None:
    macro = repacked(workbook(tmp_path / "plain.xlsx"), "macro.xlsm", {"xl/vbaProject.bin": b"Shell calc"})
    sheets = read_list(macro)
    assert sheets.notes == (MACROS,)
    assert sheets.sheets[0].opening == TWO_ROWS


def test_formulas_are_text_or_their_saved_value(tmp_path: Path) -> None:
    plain = workbook(tmp_path / "plain.xlsx", [["here", "here too"]])
    told = re.sub(
        r'<row r="1".*</row>',
        '<row r="1"><c r="A1" t="str"><f>HYPERLINK("http://example.org","x")</f><v>Kay</v></c>'
        '<c r="B1" t="inlineStr"><is><t>=1+1</t></is></c></row>',
        sheet_xml(plain),
    )
    sheets = read_list(repacked(plain, "a.xlsx", {SHEET: told.encode()}))
    assert sheets.notes == (FORMULAS,)
    assert sheets.sheets[0].opening == (Row(1, ("Kay", "=1+1")),)


@pytest.mark.parametrize("text", ["=1+1", "+SUM(A1)", "-SUM(A1)", "@SUM(A1)", "\t=1+1", "=cmd|' /C calc'!A0"])
def test_formulas_in_text_stay_text(tmp_path: Path, text: str) -> None:
    row = read_list(saved(tmp_path / "a.csv", f'Ref,Name,Age\n1,"{text}",30\n')).sheets[0].opening[1]
    assert row.cells[1] == text


def test_a_cell_at_the_far_end_of_a_sheet_does_not_eat_the_memory(tmp_path: Path) -> None:
    plain = workbook(tmp_path / "plain.xlsx")
    far = '<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    path = repacked(plain, "far.xlsx", {SHEET: sheet_xml(plain).replace("</sheetData>", far).encode()})
    assert refused(path) == "too_much_memory"


# What is only badly written


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman", "cp850"]
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_usual_encoding_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    lines = [["Ref", "Name", "Where"], ["1", "Zoë", "Café"], ["2", "Renée", "£ shop"]]
    text = "\r\n".join(separator.join(line) for line in lines)
    opening = read_list(saved(tmp_path / "a.csv", text.encode(encoding))).sheets[0].opening
    assert [list(row.cells) for row in opening] == lines


def test_polish_names_of_the_east_european_code_page(tmp_path: Path) -> None:
    text = "Ref,Name\n1,Małgorzata Wiśniewska\n2,Agnieszka Dąbrowska\n"
    sheets = read_list(saved(tmp_path / "a.csv", text.encode("cp1250")))
    assert sheets.sheets[0].opening[1].cells[1] == "Małgorzata Wiśniewska"


def test_bytes_of_no_encoding_cost_their_letter_and_are_told(tmp_path: Path) -> None:
    sheets = read_list(saved(tmp_path / "a.csv", b"Ref,Name\n1,Zo\xeb\n2,K\x81y\n"))
    assert len(sheets.sheets[0].opening) == 3
    assert len(sheets.notes) <= 1


def test_a_quote_that_is_never_closed_swallows_nothing(tmp_path: Path) -> None:
    text = 'Ref,Name\n1,"Kay\n' + "".join(f"{n},Zoe\n" for n in range(2, 3000))
    sheets = read_list(saved(tmp_path / "a.csv", text))
    assert sheets.sheets[0].row_count == 3000
    assert sheets.sheets[0].opening[1].cells == ("1", '"Kay')


def test_a_note_over_two_lines_is_one_cell(tmp_path: Path) -> None:
    opening = read_list(saved(tmp_path / "a.csv", 'Ref,Note\n1,"tea,\nno sugar"\n2,x\n')).sheets[0].opening
    assert opening == (Row(1, ("Ref", "Note")), Row(2, ("1", "tea,\nno sugar")), Row(4, ("2", "x")))


def test_ragged_rows_keep_their_cells(tmp_path: Path) -> None:
    opening = read_list(saved(tmp_path / "a.csv", "Ref,Name,Age\n1\n2,Kay\n\n3,Zoe,30,x,y\n")).sheets[0].opening
    assert [len(row.cells) for row in opening] == [3, 1, 2, 0, 5]


def test_control_characters_are_taken_out(tmp_path: Path) -> None:
    opening = read_list(saved(tmp_path / "a.csv", "Ref,Name\n1,K\x07ay\x1b[31m\n")).sheets[0].opening
    assert opening[1].cells[1] == "K ay [31m"


def test_old_and_open_workbooks_are_read(tmp_path: Path) -> None:
    old = xlwt.Workbook()
    sheet = old.add_sheet("S")
    for place, text in enumerate(("Ref", "Name")):
        sheet.write(0, place, text)
        sheet.write(1, place, (1, "Kay")[place])
    old.save(str(tmp_path / "a.xls"))
    free = OpenDocumentSpreadsheet()
    table = Table(name="S")
    for texts in (("Ref", "Name"), ("1", "Kay")):
        row = TableRow()
        for text in texts:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    free.spreadsheet.addElement(table)
    free.save(str(tmp_path / "a.ods"))
    for name, kind in (("a.xls", "xls"), ("a.ods", "ods")):
        sheets = read_list(tmp_path / name)
        assert (sheets.kind, sheets.sheets[0].opening) == (kind, TWO_ROWS)


def test_a_file_changed_between_two_readings_is_noticed(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.csv", "Ref,Name\n1,Kay\n")
    sheets = read_list(path)
    assert list(sheets.rows(0)) == list(TWO_ROWS)
    saved(path, "Ref,Name\n1,Zoe\n")
    with pytest.raises(ListRefused, match="changed"):
        list(sheets.rows(0))


# Each limit, and that it is this limit which refuses


def many_rows(path: Path) -> Path:
    return saved(path, "1,2\n" * 300)


def many_sheets(path: Path) -> Path:
    book = openpyxl.Workbook()
    for _ in range(5):
        book.create_sheet().append(["x"])
    book.save(path)
    return path


LIMITS: dict[str, tuple[Callable[[Path], Path], Limits, str]] = {
    "file": (lambda path: saved(path, ("x" * 250 + "\n") * 8_000), Limits(file_bytes=MB), "file_too_big"),
    "member": (lambda path: bomb(path, 3), Limits(member_bytes=2 * MB, ratio=10_000), "unfolds_too_big"),
    "all members": (lambda path: bomb(path, 3), Limits(unfolded_bytes=2 * MB, ratio=10_000), "unfolds_too_big"),
    "ratio": (lambda path: bomb(path, 3), Limits(ratio=20), "unfolds_too_big"),
    "parts": (workbook, Limits(members=3), "unfolds_too_big"),
    "rows": (many_rows, Limits(rows=200), "too_many_rows"),
    "columns": (lambda path: saved(path, "a," * 400 + "b\n"), Limits(), "too_many_columns"),
    "sheets": (many_sheets, Limits(sheets=3), "too_many_sheets"),
    "cell": (lambda path: saved(path, f"Ref,Name\n1,{'x' * 40_000}\n"), Limits(), "cell_too_long"),
    "line": (lambda path: saved(path, "x," * 1_000_000), Limits(), "cell_too_long"),
    "output": (many_rows, Limits(output_bytes=1000), "unfolds_too_big"),
    "memory": (lambda path: saved(path, ("x" * 250 + "\n") * 80_000), Limits(memory_bytes=130 * MB), "too_much_memory"),
    "processor": (
        lambda path: saved(path, '"x","y"\n' * 400_000), Limits(cpu_seconds=1, rows=9_000_000), "too_slow",
    ),
    "clock": (lambda path: saved(path, '"x","y"\n' * 150_000), Limits(wall_seconds=0.3, rows=9_000_000), "too_slow"),
}  # fmt: skip
LIFTED = Limits(
    member_bytes=1 << 40, unfolded_bytes=1 << 40, ratio=1 << 40, rows=9_000_000, columns=9_000_000, sheets=900,
    cell_characters=1 << 40, line_characters=1 << 30, memory_bytes=1000 * MB, cpu_seconds=100, wall_seconds=100,
)  # fmt: skip


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_refuses_and_without_it_the_file_goes_through(tmp_path: Path, name: str) -> None:
    make, limits, code = LIMITS[name]
    path = make(tmp_path / "a.list")
    assert refused(path, limits) == code
    assert read_list(path, LIFTED).sheets  # the planted defect: had the limit been off, nobody would have refused


def test_a_million_columns(tmp_path: Path) -> None:
    assert refused(saved(tmp_path / "a.csv", "x," * 1_000_000)) in ("cell_too_long", "too_many_columns")


def test_the_child_may_write_no_file_and_start_no_process() -> None:
    code = (
        "import sys; sys.path.append(sys.argv[1])\n"
        "from alongside.insight.interchange.reading.child import confine\n"
        "from alongside.insight.interchange.reading.limits import Limits\n"
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "confine(Limits())\n"
        "names = ('CORE', 'FSIZE', 'NOFILE', 'NPROC', 'AS', 'CPU')\n"
        "import json, tempfile\n"
        "try:\n"
        "    with tempfile.TemporaryFile() as file: file.write(b'x'); file.flush()\n"
        "    wrote = True\n"
        "except OSError: wrote = False\n"
        "print(json.dumps([wrote, *(resource.getrlimit(getattr(resource, 'RLIMIT_' + name))[0] for name in names)]))\n"
    )
    root = Path(isolation.__file__).parents[4]
    out = subprocess.run(
        [sys.executable, "-I", "-c", code, str(root)], capture_output=True, check=True, text=True
    ).stdout
    limits = Limits()
    assert json.loads(out) == [False, 0, 0, 16, 0, limits.memory_bytes, limits.cpu_seconds]


def test_the_child_sees_no_secret_of_its_parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "canary")
    seen: list[dict[str, str]] = []
    start = subprocess.Popen

    def watched(*arguments: object, **options: object) -> object:
        seen.append(options["env"])  # type: ignore[arg-type]
        return start(*arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", watched)
    read_list(saved(tmp_path / "a.csv", "Ref,Name\n1,Kay\n"))
    assert seen
    assert all("canary" not in str(environment) for environment in seen)


@pytest.mark.parametrize(
    ("verdict", "used"), [("exit 1", False), ('while [ "$1" != --chdir ]; do shift; done; shift', True)]
)
def test_bubblewrap_stands_before_the_reader_where_it_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verdict: str, used: bool
) -> None:
    """A stand-in for bubblewrap that takes its own words away, or does not work."""
    log, program = tmp_path / "log", tmp_path / "bwrap"
    program.write_text(f'#!/bin/sh\necho "$@" >> {log}\n{verdict}\nwhile [ "$1" = / ]; do shift; done\nexec "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    isolation.confinement.cache_clear()
    try:
        assert bool(isolation.confinement()) is used
        log.unlink()
        assert read_list(saved(tmp_path / "a.csv", "Ref,Name\n1,Kay\n")).sheets[0].opening == TWO_ROWS
        assert log.exists() is used
    finally:
        isolation.confinement.cache_clear()


def test_bubblewrap_shows_no_network_and_nothing_to_write_to() -> None:
    options = isolation.bubblewrap_options()
    assert {"--unshare-all", "--die-with-parent", "--cap-drop", "--ro-bind-try"} <= set(options)
    assert not {"--bind", "--share-net", "--dev-bind"} & set(options)
    seen = [place for word, place in itertools.pairwise(options) if word == "--ro-bind-try"]
    assert "/" not in seen
    assert not any(place in ("/etc", "/home", "/root", "/var", "/tmp") for place in seen)  # noqa: S108


@pytest.mark.parametrize(
    "said", ["not json", "[1]", '{"refused": "nonsense"}', "[null, [1]]", '["x", ["y"]]', '{"other": 1}', "7", ""]
)
def test_a_child_that_was_taken_over_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setattr(isolation, "_reader", lambda: [sys.executable, "-c", f"print({said!r})"])
    assert refused(saved(tmp_path / "a.csv", "Ref,Name\n1,Kay\n")) == "damaged"


def test_a_child_that_talks_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = "import sys\nwhile True: sys.stdout.write('x' * 65536)"
    monkeypatch.setattr(isolation, "_reader", lambda: [sys.executable, "-c", talk])
    path = saved(tmp_path / "a.csv", "Ref,Name\n1,Kay\n")
    assert refused(path, replace(Limits(), output_bytes=4 * MB)) == "unfolds_too_big"


# Large and legal


@pytest.fixture(scope="module")
def large() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        for number in range(50_000):
            sheet.append([f"cell {number} {place}" if place else f"R{number}" for place in range(12)])
        book.save(path)
        yield path


def test_fifty_thousand_rows_pass_in_bounded_memory(large: Path) -> None:
    """In a process of its own, as memory is measured for a process and its children."""
    code = (
        "import json, resource, sys; sys.path.append(sys.argv[1])\n"
        "from pathlib import Path\n"
        "from alongside.insight.interchange.reading import read_list\n"
        "sheets = read_list(Path(sys.argv[2]))\n"
        "count = sum(1 for row in sheets.rows(0))\n"
        # The peak of this process alone: getrusage would count what started it.
        "own = next(int(line.split()[1]) for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss\n"
        "print(json.dumps([sheets.sheets[0].row_count, count, own, child]))\n"
    )
    root = Path(isolation.__file__).parents[4]
    command = [sys.executable, "-I", "-c", code, str(root), str(large)]
    rows, again, parent, child = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert (rows, again) == (50_000, 50_000)
    assert parent < 60 * 1024  # kilobytes
    assert child < 300 * 1024


def test_a_workbook_of_links_and_objects_is_only_its_cells(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as package:
        package.writestr("inner.xlsx", b"PK\x03\x04")
    extra = {"xl/embeddings/a.zip": inner.getvalue(), "xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    path = repacked(workbook(tmp_path / "plain.xlsx"), "a.xlsx", extra)
    assert read_list(path).sheets[0].opening == TWO_ROWS
