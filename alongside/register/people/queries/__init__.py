"""What may be read of records and names. One noun a file."""

from alongside.register.people.first_line import reason_needed
from alongside.register.people.queries.audiences import audience, seen_beside, seen_of_each, who_will_see
from alongside.register.people.queries.copies import may_still_read
from alongside.register.people.queries.her_page import HerPage, Version, her_page, record_row
from alongside.register.people.queries.likely import Asked, Likely, look_up
from alongside.register.people.queries.own_list import Listed, called, listed
from alongside.register.people.queries.record import RecordRow, records
from alongside.register.people.queries.shared import Shared, SharedPage, is_shared, shared, shared_page, shared_with_us
from alongside.register.people.queries.sharing import (
    GrantRow,
    HandoutRow,
    KeptOutRow,
    Recall,
    agencies_kept_out,
    handouts,
    kept_out,
    recalls,
    sharing,
)
from alongside.register.people.queries.standing import StandingRow, standing, standings
from alongside.register.people.queries.vault import names, open_vault

__all__ = [
    "Asked",
    "GrantRow",
    "HandoutRow",
    "HerPage",
    "KeptOutRow",
    "Likely",
    "Listed",
    "Recall",
    "RecordRow",
    "Shared",
    "SharedPage",
    "StandingRow",
    "Version",
    "agencies_kept_out",
    "audience",
    "called",
    "handouts",
    "her_page",
    "is_shared",
    "kept_out",
    "listed",
    "look_up",
    "may_still_read",
    "names",
    "open_vault",
    "reason_needed",
    "recalls",
    "record_row",
    "records",
    "seen_beside",
    "seen_of_each",
    "shared",
    "shared_page",
    "shared_with_us",
    "sharing",
    "standing",
    "standings",
    "who_will_see",
]
