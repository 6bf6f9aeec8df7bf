"""Kinds of places that are open."""

from alongside.register.agencies.codes import Coded


class Offers(Coded):
    SAFE = "safe", "A safe place"
    HEALTH = "health", "Health"
    FOOD = "food", "Food and a shower"
    HELP = "help", "Someone to ring"
    ADVICE = "advice", "Advice"


class Weekday(Coded):
    MONDAY = "0", "Monday"
    TUESDAY = "1", "Tuesday"
    WEDNESDAY = "2", "Wednesday"
    THURSDAY = "3", "Thursday"
    FRIDAY = "4", "Friday"
    SATURDAY = "5", "Saturday"
    SUNDAY = "6", "Sunday"
