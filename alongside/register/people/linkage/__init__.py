"""Which records are the same woman: batch linkage of partial identities. Pure: no framework, no names kept."""

from importlib import import_module
from typing import TYPE_CHECKING

# Not lazily: once loaded, the module of the same name would stand in the function's place.
from .explain import Evidence, explain

if TYPE_CHECKING:
    from .bayes import BayesFactors, bayes_factors
    from .decisions import ContradictoryDecisions, Decision
    from .groups import group
    from .linking import Linkage, link
    from .model import Model, shipped

# Loaded when first used: the web server knows this room and never compares.
_HOME = {
    "BayesFactors": "bayes",
    "bayes_factors": "bayes",
    "ContradictoryDecisions": "decisions",
    "Decision": "decisions",
    "group": "groups",
    "Linkage": "linking",
    "link": "linking",
    "Model": "model",
    "shipped": "model",
}

__all__ = [
    "BayesFactors",
    "ContradictoryDecisions",
    "Decision",
    "Evidence",
    "Linkage",
    "Model",
    "bayes_factors",
    "explain",
    "group",
    "link",
    "shipped",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
