"""Agencies as nameless facts for counting: code, setting, kind."""

from dataclasses import dataclass
from uuid import UUID

from alongside.register.agencies.models import Agency, Partnership


@dataclass(frozen=True, slots=True)
class AgencyFact:
    id: UUID
    name: str
    setting: str
    kind: str


def agencies(partnership: UUID) -> list[AgencyFact]:
    """All agencies of a partnership by name. Agencies' names are public; women's are not here."""
    rows = Agency.objects.filter(partnership_id=partnership).order_by("name")
    return [AgencyFact(row.id, row.name, row.setting, row.kind) for row in rows]


def partnerships() -> list[UUID]:
    """All partnerships of this installation, for jobs that go through them one by one."""
    return list(Partnership.objects.order_by("slug").values_list("id", flat=True))


def partnership_name(partnership: UUID) -> str:
    return Partnership.objects.values_list("name", flat=True).get(pk=partnership)
