"""Everything that links records: runs, decisions, acceptances and what follows from them."""

from alongside.register.people.acting import linkage_job
from alongside.register.people.linking.accept import accept, withdraw_acceptance
from alongside.register.people.linking.decide import AlreadyUndone, ContradictoryDecision, decide, undo
from alongside.register.people.linking.run import run_linkage
from alongside.register.people.linking.settle import settle_links
from alongside.register.people.queries.works_with import works_with

__all__ = [
    "AlreadyUndone",
    "ContradictoryDecision",
    "accept",
    "decide",
    "linkage_job",
    "run_linkage",
    "settle_links",
    "undo",
    "withdraw_acceptance",
    "works_with",
]
