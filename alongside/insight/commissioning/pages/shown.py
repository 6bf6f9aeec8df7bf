"""Plans, questions and faults as the components of a page take them."""

from alongside.foundation.kit import charts
from alongside.foundation.kit.rows import Bar, Cell, Column
from alongside.foundation.kit.show import day, number
from alongside.insight.commissioning.codes import Course, Measure
from alongside.insight.commissioning.queries import PlanRow, PlanSheet, TargetRow
from alongside.insight.monitoring.figures import Period

TARGETS = (Column("Figure"), Column("Agreed"), Column("Counted", numeric=True), Column("Where it stands"))
WORDS = 300  # width kept for the names of figures
MEANINGS = (Column("Figure"), Column("What is counted"))
COLOURS = {
    Course.REACHED: "green",
    Course.ON_COURSE: "teal",
    Course.BEHIND: "yellow",
    Course.MISSED: "purple",
    Course.OVER: "purple",
    Course.UNKNOWN: "neutral",
}


def between(period: Period) -> str:
    return f"{day(period.since)} to {day(period.until)}"


def target(row: TargetRow, plan: PlanRow) -> tuple[Cell | str, ...]:
    return row.definition.name, agreed(row, plan), actual(row, plan), Cell(row.course.words, tag=COLOURS[row.course])


def agreed(row: TargetRow, plan: PlanRow) -> str:
    """ "At least 20% of about 110 women: 22"."""
    side, value = row.aimed.aim.words, row.aimed.value
    if row.aimed.measure == Measure.COUNT:
        return f"{side} {number(value)} {row.definition.unit_words}"
    if row.aimed.measure == Measure.OF_ABOUT:
        return f"{side} {value}% of about {number(plan.about)} women: {number(row.needed)}"
    meant = f": {number(row.needed)}" if row.needed is not None else ""
    return f"{side} {value}% of what it is counted out of{meant}"


def actual(row: TargetRow, plan: PlanRow) -> str:
    """ "12, 11% of about 110 women"; what is hidden stays hidden."""
    if row.counted is None:
        return row.shown or "–"
    whole = plan.about if row.aimed.measure == Measure.OF_ABOUT else row.counted.of
    if not whole or row.aimed.measure == Measure.COUNT:
        return number(row.counted.count)
    about = "about " if row.aimed.measure == Measure.OF_ABOUT else ""
    percent = (200 * row.counted.count + whole) // (2 * whole)
    return f"{number(row.counted.count)}, {percent}% of {about}{number(whole)}"


def progress(sheet: PlanSheet) -> charts.BarChart | None:
    """Bars of what was counted, with a line where each target stands; none before anything was counted."""
    bars = [
        Bar(row.definition.name, row.counted.count, f"{row.shown} / {row.needed:,}", aim=row.needed)
        for row in sheet.targets
        if row.needed is not None and row.counted is not None
    ]
    return charts.bar_chart(bars, label=WORDS) if bars else None
