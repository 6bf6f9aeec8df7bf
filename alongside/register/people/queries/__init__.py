"""What may be read of records and names. One noun a file."""

from alongside.register.people.queries.her_page import HerPage, Version, her_page
from alongside.register.people.queries.likely import Asked, Likely, look_up
from alongside.register.people.queries.own_list import Listed, called, listed
from alongside.register.people.queries.record import RecordRow, records
from alongside.register.people.queries.vault import names, open_vault

__all__ = [
    "Asked",
    "HerPage",
    "Likely",
    "Listed",
    "RecordRow",
    "Version",
    "called",
    "her_page",
    "listed",
    "look_up",
    "names",
    "open_vault",
    "records",
]
