"""F5: a service of 181 women printed 55 with high support as 31 %, 26 with medium as 14 %; the product prints 30 %.

Date: the year of that report. Denominator: all 181 women of the service. Definition: the support level last assessed.
The return comes in as it was printed, and is flagged; by the product's own figure the percentage can't be wrong.
"""

from alongside.insight.commissioning.elsewhere import faults, read_lines
from alongside.insight.monitoring.figures import Figure

PRINTED = (
    (1, ("Support level", "Women", "Per cent")),
    (2, ("High", "55", "31%")),
    (3, ("Medium", "26", "14%")),
    (4, ("Low", "100", "55%")),
    (5, ("Total", "181", "")),
)


def test_f5_the_imported_return_is_flagged() -> None:
    found = list(faults(read_lines(PRINTED)))
    assert [(each.label, each.words) for each in found] == [("High", "31% is printed, but 55 of 181 is 30%.")]


def test_f5_the_product_prints_30() -> None:
    assert Figure("support_high", 1, 55, 181).percent == 30
    assert Figure("support_medium", 1, 26, 181).percent == 14
    right = (PRINTED[0], (2, ("High", "55", "30%")), *PRINTED[2:])
    assert list(faults(read_lines(right))) == []
