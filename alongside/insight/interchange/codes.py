"""What becomes of a list and of its rows: value and words."""

from alongside.register.agencies.codes import Coded


class ListState(Coded):
    OPEN = "open", "Waiting for you"
    WAITING = "waiting", "Waiting to go in"
    TAKING = "taking", "Going in"
    STOPPED = "stopped", "Stopped half way"
    TAKEN = "taken", "Taken in"
    UNDOING = "undoing", "Being undone"
    UNDONE = "undone", "Undone"
    DISCARDED = "discarded", "Thrown away"


class RowState(Coded):
    """A row that did not simply go in."""

    PROBLEM = "problem", "One of its cells cannot be read"
    UNREADABLE = "unreadable", "It cannot be read"
    CORRECTED = "corrected", "Corrected, ready to go in"
    LEFT_OUT = "left_out", "Left out"


AT_WORK = (ListState.WAITING, ListState.TAKING, ListState.UNDOING)
ENDED = (ListState.UNDONE, ListState.DISCARDED)


class NotNow(Exception):
    """The list is in a state in which this cannot be done. `words` are for a page."""

    def __init__(self, state: ListState) -> None:
        self.words = f"That cannot be done now. The list is: {state.words.lower()}."
        super().__init__(self.words)
