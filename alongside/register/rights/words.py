"""Words about her in this room, each sealed for its place under the key of the agency that may read them."""

from uuid import UUID

from django.db import models

from alongside.foundation.vault.seal import Place
from alongside.register.people.remarks import remark, sealed_remark


def _place(row: models.Model, field: str) -> Place:
    return Place(row._meta.db_table, row.pk, field)


def put(row: models.Model, holder: UUID, **texts: str) -> None:
    """Set fields of a row to sealed texts. `holder`: the agency, or for what two agencies read, the partnership."""
    for field, text in texts.items():
        setattr(row, field, sealed_remark(holder, _place(row, field), text.strip()))


def told(row: models.Model, holder: UUID, field: str) -> str:
    """The text of a sealed field; empty where there is none."""
    return remark(holder, _place(row, field), getattr(row, field))
