from django.db import models
from django.db.models.functions import Now

from alongside.casework.needs.codes import Answer, Kept, Subject
from alongside.register.agencies.holding import OfRecord


class ToldOfHer(OfRecord):
    """An answer that was true on a day.

    Added, never changed: another answer for the same day takes the first one back. One table for each kind of facts,
    since each has readers of its own.
    """

    subject = models.CharField(max_length=16, choices=Subject.choices())
    answer = models.CharField(max_length=12, choices=Answer.choices())
    on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.UUIDField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.UUIDField(null=True)

    class Meta(OfRecord.Meta):
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["record", "subject", "on"], condition=models.Q(taken_back_at=None), name="%(class)s_once_a_day"
            )
        ]


class HealthAnswer(ToldOfHer):
    """What she takes, which illness she has, treatment that she began or ended."""


class CourtAnswer(ToldOfHer):
    """Arrests, hearings, and where a court scheme saw her."""


class LifeAnswer(ToldOfHer):
    """How much support, how old, what she does and with whom."""


MODELS: dict[Kept, type[ToldOfHer]] = {
    Kept.HEALTH: HealthAnswer,
    Kept.COURT: CourtAnswer,
    Kept.LIFE: LifeAnswer,
}
