"""Referrals as CSV and XLSX: numbers, services, codes and days. No name, no cell that runs as a formula."""

from collections.abc import Sequence

from alongside.casework.referrals.queries import ReferralRow
from alongside.foundation.kit import tables

HEADINGS = (
    "Number",
    "From",
    "Service",
    "Service of",
    "Kind",
    "How she comes",
    "State",
    "Reason",
    "Asked",
    "Sent",
    "Received",
    "Decided",
    "Offered",
    "Started",
    "Days waiting",
    "Overdue",
)


def as_file(rows: Sequence[ReferralRow], kind: str) -> bytes:
    """`kind`: csv or xlsx."""
    table = [HEADINGS, *(_line(row) for row in rows)]
    if kind == "csv":
        return tables.as_csv(table)
    return tables.as_xlsx({"Referrals": table}, title="Referrals", widths=[14] * len(HEADINGS))


def _line(row: ReferralRow) -> Sequence[tables.Value]:
    clocks = row.clocks
    days = (clocks.asked, clocks.sent, clocks.received, clocks.decided, clocks.offered, clocks.started)
    return [
        row.number,
        row.agency_name,
        row.service_name,
        row.service_agency,
        row.kind.words,
        row.source.words,
        row.state.words,
        row.reason,
        *(each.isoformat() if each else "" for each in days),
        row.waiting,
        "yes" if row.is_overdue else "no",
    ]
