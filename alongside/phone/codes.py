"""Words of phones and of what they send."""

from alongside.register.agencies.codes import Coded


class EnvelopeState(Coded):
    TAKEN_IN = "taken_in", "Taken in"
    HELD = "held", "Waits for a person"
    SET_ASIDE = "set_aside", "Set aside"


class HeldFor(Coded):
    """Why an envelope waits for a person. What it holds stays sealed."""

    CLOSED_PHONE = "closed_phone", "It came from a phone that was taken out of use, or whose worker has left"
    SEALED_WRONG = "sealed_wrong", "It does not open: it was changed on the way, or sealed for another agency"
    NOT_UNDERSTOOD = "not_understood", "It was written by another version of the phone app"
    EXTRA_WORDS = "extra_words", "It holds words where none are taken"
    PLACE_GONE = "place_gone", "It names an area that we do not know"
    SHIFT_GONE = "shift_gone", "It names a shift that is not one of ours"
    SHIFT_OVER = "shift_over", "Its shift was called off or had ended already"
    OUT_OF_REACH = "out_of_reach", "The worker can't open this woman's record any more"
    BAD_TIME = "bad_time", "Its time can't be right"
    OTHER_BODY = "other_body", "A contact with the same number is there already and says something else"
    FAULT = "fault", "It could not be taken in, and we do not know why"


class AsideFor(Coded):
    """Why a person set an envelope aside for good."""

    REPEATED = "repeated", "It is recorded already"
    NOT_OURS = "not_ours", "It was not written by one of us"
    UNREADABLE = "unreadable", "It can't be read"
    MISTAKE = "mistake", "It was a mistake or a try"
