"""Referrals as CSV: numbers, services, codes and days. No name, no cell that runs as a formula."""

import io
from collections.abc import Sequence

from defusedcsv import csv

from alongside.casework.referrals.queries import ReferralRow

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


def as_csv(rows: Sequence[ReferralRow]) -> bytes:
    """With a byte order mark, which spreadsheet programs need."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for row in rows:
        clocks = row.clocks
        days = (clocks.asked, clocks.sent, clocks.received, clocks.decided, clocks.offered, clocks.started)
        writer.writerow(
            [
                row.number,
                row.agency_name,
                row.service_name,
                row.service_agency,
                row.kind.words,
                row.source.words,
                row.state.words,
                row.reason,
                *(each.isoformat() if each else "" for each in days),
                "" if row.waiting is None else row.waiting,
                "yes" if row.is_overdue else "no",
            ]
        )
    return out.getvalue().encode("utf-8-sig")
