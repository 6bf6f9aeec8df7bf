"""Words of plans and questions."""

from alongside.register.agencies.codes import Coded


class Aim(Coded):
    """Which side of a target is meant."""

    AT_LEAST = "at_least", "At least"
    AT_MOST = "at_most", "At most"


class Measure(Coded):
    COUNT = "count", "A number"
    OF_ABOUT = "of_about", "Per cent of the women the plan is about"
    OF_WHOLE = "of_whole", "Per cent of what the figure is counted out of"


class Course(Coded):
    """Where a target stands on the day it is looked at."""

    REACHED = "reached", "Reached"
    ON_COURSE = "on_course", "On course"
    BEHIND = "behind", "Behind"
    MISSED = "missed", "Not reached"
    OVER = "over", "Over the limit"
    UNKNOWN = "unknown", "Not counted yet"
