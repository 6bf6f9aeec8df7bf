"""What a program may be let read, and for how long."""

from alongside.register.agencies.codes import Coded


class Reads(Coded):
    CONTACTS = "contacts", "Contacts: day, place and outcome by record id, no name and no note"
    SHIFTS = "shifts", "Shifts: when, how, and which standard would be broken"


class Lasts(Coded):
    MONTH = "30", "30 days"
    QUARTER = "90", "90 days"
    YEAR = "365", "A year"
