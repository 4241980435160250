"""Whether a project may be handed in: what hinders, what is advice, what to mend first."""

from sinergia.engine.readiness.budget import budget_gaps
from sinergia.engine.readiness.facts import Applicant, Facts
from sinergia.engine.readiness.finding import Readiness, readiness_of
from sinergia.engine.readiness.sentences import sentence_for, shown

__all__ = [
    "Applicant",
    "Facts",
    "Readiness",
    "budget_gaps",
    "readiness_of",
    "sentence_for",
    "shown",
]
