"""A return as the components of the page take it, and as the cells of a file."""

from collections.abc import Iterator
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from alongside.foundation.kit.rows import Cell, Column, Download
from alongside.foundation.kit.show import day, number, share
from alongside.insight.monitoring.checks import WORDS
from alongside.insight.monitoring.figures import Period
from alongside.insight.monitoring.queries import CheckLine, Line, ReturnSheet

COLUMNS = (Column("Figure"), Column("Count", numeric=True), Column("Out of"), Column("What changed"))
CHECKS = (Column("Looked for"), Column("Count", numeric=True), Column("Out of"), Column("What to do"))
CHECKED = "What this return was checked for"
WHY = (Column("Looked for"), Column("What is counted"), Column("Told when"), Column("Why"))
MEANINGS = (Column("Figure"), Column("What is counted"), Column("Out of"), Column("Version"))
HEADINGS = (
    "Section",
    "Figure",
    "Count",
    "Denominator",
    "Per cent",
    "Unit",
    "What is counted",
    "Counted out of",
    "Definition",
    "From",
    "To",
    "Counted on",
)
NOTHING = "Nothing"
EARLY = "The period is not over: these figures will still grow."


def between(period: Period) -> str:
    return f"{day(period.since)} to {day(period.until)}"


def tables(sheet: ReturnSheet) -> list[tuple[str, list[tuple[Cell | str, ...]]]]:
    """Each section's rows: name, count, out of, what changed."""
    return [
        (name, [(line.definition.name, counted(sheet, line), out_of(line), changed(line)) for line in lines])
        for name, lines in sheet.sections
    ]


def checks(sheet: ReturnSheet) -> list[tuple[Cell | str, ...]]:
    """Each check with its denominator and, where it tells something, the way to what is to be done."""
    told: list[tuple[Cell | str, ...]] = [
        (f"{WORDS[each.check.kind]}: {_lower(each.line.definition.name)}", counted(sheet, each.line), beside(each),
         _todo(sheet, each))
        for each in sheet.checks
    ]  # fmt: skip
    compared = [line for _, line in sheet.lines() if line.recounted is not None]
    if compared:
        moved = sum(line.recounted != line.figure.count for line in compared)
        todo = "Read what changed, beside each figure, before the return goes out." if moved else NOTHING
        told.append(
            (
                "Changed: not as when this period was counted last",
                number(moved),
                f"{share(moved, len(compared))} figures",
                todo,
            )
        )
    return told


def why(sheet: ReturnSheet) -> list[tuple[str, ...]]:
    """What each check counts, its threshold, and the sentence why."""
    return [
        (each.line.definition.name, each.line.definition.sentence, each.check.threshold(), each.check.why)
        for each in sheet.checks
    ]


def _todo(sheet: ReturnSheet, each: CheckLine) -> Cell | str:
    if not each.tells:
        return NOTHING
    address = work_list(sheet, each) if sheet.opens_women else ""
    return Cell(each.check.todo, address) if address else each.check.todo


def work_list(sheet: ReturnSheet, each: CheckLine) -> str:
    """Where it is done: the page that the check names, or the women behind its figure; "" where there is none."""
    if each.check.where:
        return above(each.check.where)
    return _behind(sheet.id, each.check.figure) if each.line.definition.unit == "women" else ""


def beside(each: CheckLine) -> str:
    """ "3 of 48 (6%) women met"; of silence "beside 48 women met in a year"."""
    if each.check.beside:
        return f"beside {number(each.of)} {_lower(each.out_of)}"
    return out_of(each.line)


def _lower(words: str) -> str:
    return f"{words[0].lower()}{words[1:]}"


def counted(sheet: ReturnSheet, line: Line) -> Cell | str:
    """The count; a link to the women behind it for those entitled."""
    shown = number(line.figure.count)
    if not (sheet.opens_women and line.definition.unit == "women" and line.figure.count):
        return shown
    address = _behind(sheet.id, line.definition.key)
    return Cell(shown, address, hidden=f"women: {line.definition.name}") if address else shown


def _behind(pk: UUID, key: str) -> str:
    return above("women-behind", pk, key)


def above(route: str, *about: object) -> str:
    """The address of a page of a room above this one; "" while there is none."""
    try:
        return reverse(route, args=about)
    except NoReverseMatch:
        return ""


def pdf_of(route: str, pk: UUID) -> tuple[Download, ...]:
    """The paper of a return or release, which a room above makes."""
    address = above(route, pk)
    return (Download("Download as PDF", address),) if address else ()


def out_of(line: Line) -> str:
    """ "12 of 48 (25%)", with what the 48 are; the unit where it is a whole."""
    if line.figure.of is None:
        return line.definition.unit_words
    return f"{share_of(line)} {_lower(line.out_of)}"


def share_of(line: Line) -> str:
    """As `show.share`, by the percentage that the figure itself makes."""
    percent = line.figure.percent
    of = line.figure.of or 0
    return share(line.figure.count, 0) if percent is None else f"{line.figure.count:,} of {of:,} ({percent}%)"


def changed(line: Line) -> str:
    """What this figure was, when this period was counted last and in the period before."""
    said = []
    if line.recounted is not None and line.recounted != line.figure.count:
        said.append(f"was {line.recounted:,} when counted last")
    if line.earlier is not None:
        said.append(f"{line.earlier:,} in the period before")
    return "; ".join(said)


def warnings(sheet: ReturnSheet) -> Iterator[str]:
    """What to look at before the return goes out."""
    if sheet.as_of < sheet.period.until:
        yield EARLY
    moved = [line for _, line in sheet.lines() if line.recounted not in (None, line.figure.count)]
    if moved:
        names = ", ".join(dict.fromkeys(line.definition.name for line in moved))
        yield f"Changed since this period was counted last: {names}."
    gone = [line for _, line in sheet.lines() if line.figure.count == 0 and line.earlier]
    if gone:
        names = ", ".join(dict.fromkeys(line.definition.name for line in gone))
        yield f"None now, but some in the period before: {names}. Is everything written down?"
    if not any(line.figure.count for _, line in sheet.lines()):
        yield "Nothing at all was counted for this period. Is it the right one?"


def meanings(sheet: ReturnSheet) -> list[tuple[str, ...]]:
    lines = dict.fromkeys([*(line.definition.key for _, line in sheet.lines())])
    known = {line.definition.key: line for _, line in sheet.lines()}
    return [_meaning(known[key]) for key in lines]


def _meaning(line: Line) -> tuple[str, ...]:
    each = line.definition
    return each.name, each.sentence, line.out_of or "nothing: it is a whole", f"{each.version}, since {day(each.since)}"


def cells(sheet: ReturnSheet) -> Iterator[list[str | int | None]]:
    """Every figure as a row of a file."""
    sections = [*sheet.sections, (CHECKED, tuple(each.line for each in sheet.checks))]
    for name, lines in sections:
        for line in lines:
            each, figure = line.definition, line.figure
            yield [
                name,
                each.name,
                figure.count,
                figure.of,
                figure.percent,
                each.unit_words,
                each.sentence,
                line.out_of,
                f"{each.key} version {figure.version}",
                sheet.period.since.isoformat(),
                sheet.period.until.isoformat(),
                sheet.as_of.isoformat(),
            ]


def cover(sheet: ReturnSheet) -> Iterator[tuple[str, str]]:
    yield "Return", f"{sheet.framework}, version {sheet.framework_version}"
    yield "Of", sheet.whose
    yield "Period", f"{sheet.period.since.isoformat()} to {sheet.period.until.isoformat()}"
    yield "Counted on", sheet.as_of.isoformat()
    yield "Snapshot", f"{sheet.snapshot}, SHA-256 {sheet.digest}"
    for words in warnings(sheet):
        yield "Note", words
