"""What a task costs her, held against what was promised in `budgets.json`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

BUDGETS = json.loads(Path(__file__).with_name("budgets.json").read_text())


@dataclass
class Ledger:
    """What she did: `clicks` (or taps), `keys` typed as text."""

    clicks: int = 0
    keys: int = 0


class Counted(Protocol):
    ledger: Ledger


@contextmanager
def within_budget(task: str, visitor: Counted, name: str = "") -> Iterator[None]:
    """What the visitor does meanwhile costs no more than was promised; a `name` that she types is not counted."""
    budget = BUDGETS[task]
    visitor.ledger = Ledger()
    yield
    cost = visitor.ledger
    cost.keys -= len(name)
    print(f"{task} {budget['task']}: {cost.clicks} of {budget['clicks']} clicks, {cost.keys} of {budget['keys']} keys")
    assert cost.clicks <= budget["clicks"], task
    assert cost.keys <= budget["keys"], task
