"""The steps from an application to what came of it; one condition both counts and lists.

Counted are contests held here, but those for practice and those that nobody has announced; by the
region as filed. Nothing here takes a reader: what is not public is in no row. A further step is a
further row of STEPS, and a further kind of rows one of KINDS.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from sinergia.applications.models import Application, Decision, Submission
from sinergia.applications.queries.filters import OUTCOMES
from sinergia.calls.models import Contest
from sinergia.grants.models import Grant, Report
from sinergia.grants.queries.closing import reached_results
from sinergia.grants.queries.joiners import once_in
from sinergia.grants.queries.together import joined_rows


@dataclass(frozen=True)
class Kind:
    """What the rows of some steps are. way: from a row to its application, "" for itself."""

    rows: Callable[[], QuerySet[Any]]
    way: str


@dataclass(frozen=True)
class Step:
    """One step. kind: of KINDS; where: which of those rows count."""

    code: str
    kind: str
    where: Q


def _applications() -> QuerySet[Any]:
    return Application.objects.all()


def _grants() -> QuerySet[Any]:
    """Signed ones, with whether a report of theirs was accepted."""
    accepted = Report.objects.filter(grant=OuterRef("pk"), stage=Report.Stage.ACCEPTED)
    return Grant.objects.filter(signed_on__isnull=False).annotate(is_reported=Exists(accepted))


def _results() -> QuerySet[Any]:
    """What was reached in grants that are closed; before that it is nobody's but their own."""
    return reached_results()


def _people() -> QuerySet[Any]:
    """Who joined projects that everybody sees: one row of each person in each contest."""
    return once_in(joined_rows(), "role__grant__application__call")


KINDS: Mapping[str, Kind] = {
    "application": Kind(_applications, ""),
    "grant": Kind(_grants, "application__"),
    "result": Kind(_results, "grant__application__"),
    "person": Kind(_people, "role__grant__application__"),
}
# What can still be taken back is told to nobody outside: applications.actions.screening.PATIENCE.
_UNTOLD = Decision.objects.filter(
    submission=OuterRef("submission"), taken_back_at=None, done_at=None
)
_ADMITTED = Q(outcome__in=OUTCOMES["decided"]) | (
    Q(submission__stage=Submission.Stage.ADMITTED) & ~Q(Exists(_UNTOLD))
)
STEPS: tuple[Step, ...] = (
    Step("submitted", "application", Q()),
    Step("admitted", "application", _ADMITTED),
    Step("won", "application", Q(outcome__in=OUTCOMES["won"])),
    Step("signed", "grant", Q()),
    Step("reported", "grant", Q(is_reported=True)),
    Step("closed", "grant", Q(stage=Grant.Stage.CLOSED)),
    Step("results", "result", Q()),
    Step("people", "person", Q()),
)
BY_CODE: Mapping[str, Step] = {step.code: step for step in STEPS}


def own(kind: Kind) -> QuerySet[Any]:
    """Rows of a kind that are of contests held here."""
    contest = f"{kind.way}call__contest__"
    held = Q(**{f"{contest}is_training": False})
    return kind.rows().filter(held, ~Q(**{f"{contest}stage": Contest.Stage.SET_UP}))
