"""Rules that a person ran against. `words` says what to do."""


class AgainstRule(Exception):
    """What was asked for can't be done so. The words are for whoever asked."""

    words = "That can’t be done."

    def __init__(self, words: str = "") -> None:
        self.words = words or self.words
        super().__init__(self.words)


class NotComplete(AgainstRule):
    """Points are missing: nothing may be given."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__("Not complete: " + "; ".join(missing) + ". Ask for what is missing, or turn it down.")


class OwnSignature(AgainstRule):
    words = "You wrote this down, or have signed it: someone else must sign."


class SettledAlready(AgainstRule):
    words = "This is settled already. Read it again before you go on."


class NotAuthorised(AgainstRule):
    words = "Two people must authorise it before anything is given."


class SheIsKeptFrom(AgainstRule):
    """Never says why: who is kept from a record must not learn that somebody kept her from it."""

    words = "There is no record with that code in your agency."


class OnHold(AgainstRule):
    words = "A legal hold is in force: nothing of this record may be erased until it is lifted."


class HeldAlready(AgainstRule):
    words = "A hold is in force for this record already."


class NotChecked(AgainstRule):
    words = "Another person must check the copy before it is handed over."


class IdentityOpen(AgainstRule):
    words = "First settle that it is she who asks: someone else may be posing as her."


class WrongDays(AgainstRule):
    words = "These days don’t follow each other."
