"""What happened in the invented partnership: five lists came in, records were compared, people decided, it was counted.

Everything goes the way it goes in real use: the same intake, the same actions, by the personas who may do them.
"""

import tempfile
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from alongside.config.demo.chapters import CHAPTERS, Say
from alongside.config.demo.lists import lists
from alongside.config.demo.personas import agency_of, persona
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.insight.interchange import terminal
from alongside.insight.population import queries as pictures
from alongside.insight.population.actions import give_picture, make_picture
from alongside.register.people import queries
from alongside.register.people.codes import AcceptanceBasis, Judgement
from alongside.register.people.facts import counting_job
from alongside.register.people.linking import accept, decide, linkage_job, run_linkage, undo
from alongside.register.people.queries import review

LOOKED_AT = 12  # pairs that the co-ordinator has decided about already


def tell(partnership: UUID, say: Say) -> None:
    """Let it all happen once. `say` is told each step."""
    for each in lists():
        say(f"Taking in the list of {agency_of(each.agency).name} ({each.rows} rows) …")
        _hand_in(partnership, each.agency, each.file_name, each.content)
    say("Comparing all records …")
    run_linkage(linkage_job(partnership))
    say("Deciding about some of them, counting, and giving the commissioner a picture …")
    coordinator = persona(partnership, "partnership-office", "coordinator")
    decided = _decide(coordinator)
    _both_accept(partnership, decided)
    make_picture(counting_job(partnership))
    with acting_as(coordinator):
        give_picture(coordinator, pictures.latest_id(coordinator))
    for chapter in CHAPTERS:
        chapter(partnership, say)


def _hand_in(partnership: UUID, slug: str, file_name: str, content: bytes) -> None:
    job = terminal.intake_job(partnership, agency_of(slug).id)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file_name
        path.write_bytes(content)
        handed_in = terminal.hand_in_file(job, path)
        terminal.take_in_file(job, handed_in.id, with_gaps=True)


def _decide(coordinator: Actor) -> list[tuple[UUID, UUID]]:
    """She works down her queue; the likelier of each are the same woman. Returns the pairs joined."""
    with acting_as(coordinator):
        waiting = review.queue(coordinator, review.BETWEEN).rows[:LOOKED_AT]
        views = [review.pair_view(coordinator, row.id) for row in waiting]
        views.sort(key=lambda each: len(each.speaks_against))
        likely, unlikely = views[: len(views) // 2], views[len(views) // 2 :]
        for view in likely:
            decide(coordinator, view.id, judgement=Judgement.SAME, reason="The marks and the names fit.")
        for view in unlikely[1:]:
            decide(coordinator, view.id, judgement=Judgement.NOT_SAME, reason="Seen at two places the same night.")
        for view in unlikely[:1]:
            unsure = decide(coordinator, view.id, judgement=Judgement.NOT_SURE)
            undo(coordinator, unsure, reason="Looked at it again.")
    return [(view.sides[0].record.id, view.sides[1].record.id) for view in likely]


def _both_accept(partnership: UUID, joined: list[tuple[UUID, UUID]]) -> None:
    """For one joined pair of two caseworking agencies, each holder asks her, and she agrees."""
    holders = {}
    for slug, role in (
        ("nightlight", "outreach_worker"),
        ("bridge", "key_worker"),
        ("lantern", "hostel_worker"),
        ("harbour", "key_worker"),
    ):
        worker = persona(partnership, slug, role)
        with acting_as(worker):
            holders.update({row.id: worker for row in queries.records(worker)})
    today = timezone.localdate()
    for a, b in joined:
        if a in holders and b in holders:
            for record in (a, b):
                with acting_as(holders[record]):
                    accept(
                        holders[record],
                        record,
                        basis=AcceptanceBasis.SHE_AGREED,
                        how_asked="On her own, over tea",
                        asked_on=today,
                        until=today + timedelta(days=180),
                    )
            return
