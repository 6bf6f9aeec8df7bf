"""Why no number is given: each refusal has a name and a sentence for the reader."""


class NotEstimable(ValueError):
    """The lists do not carry an estimate; the message is the sentence to show."""

    words = "These lists cannot carry an estimate."

    def __init__(self, detail: str = "") -> None:
        super().__init__(f"{self.words} {detail}".strip())


class TooFewLists(NotEstimable):
    words = "An estimate needs at least two lists that each hold someone."


class NoOverlap(NotEstimable):
    words = "No woman is on two lists, so nothing can be said about the women on none."


class TooFewOverlaps(NotEstimable):
    words = "Too few women are on two lists: an estimate would rest on chance."


class ModelDoesNotExist(NotEstimable):
    words = "This model has no best fit for these lists: some of its terms cannot be learnt from them."


class TooManyLists(NotEstimable):
    words = "More lists than can be modelled together; merge the ones that work alike."


class BelowTheKnown(NotEstimable):
    words = "The estimate comes out below the number of women who are known, so the two ways of counting disagree."


class UnreadableTable(ValueError):
    """The file is not a table of capture histories; the message says where."""


class NotCompared(Exception):
    """The records were not compared since they last changed; the message is the sentence to show."""
