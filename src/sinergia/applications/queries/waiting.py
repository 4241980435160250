"""What waits for applicants and for those who take applications in: for «Мои дела»."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from sinergia.applications.models import Decision, Submission
from sinergia.applications.queries.confirming import awaiting_document, document_due
from sinergia.applications.queries.correcting import mendable
from sinergia.applications.queries.received import awaits_registration
from sinergia.calls.queries.contests import rules_kept
from sinergia.organisations.models import Centre

MOST = 100  # that are looked at


def returned_to(organisation: int) -> QuerySet[Submission]:
    """What came back for correction, was told and may be mended still; the first one first."""
    untold = Decision.objects.filter(submission=OuterRef("pk"), taken_back_at=None, done_at=None)
    rows = Submission.objects.filter(mendable(timezone.now()), organisation=organisation)
    rows = rows.filter(~Exists(untold))
    return rows.select_related("project").order_by("pk")


def to_confirm(organisation: int) -> list[Submission]:
    """What is handed in and waits for the signed document that confirms it; the nearest end first.

    As long as that document is taken; no more than a hundred are looked at.
    """
    now, rows = timezone.now(), awaiting_document().filter(organisation=organisation)
    rows = rows.select_related("frozen__rules", "contest", "project").order_by(
        "contest__closes_at", "pk"
    )
    return [one for one in rows[:MOST] if _is_document_due(one, now)]


def _is_document_due(row: Submission, now: datetime) -> bool:
    at = document_due(row.contest, rules_kept(row.frozen.rules))
    return at is not None and now <= at


def to_register(centre: Centre) -> QuerySet[Submission]:
    """What was handed in to contests of a centre and is to be registered."""
    waits = awaits_registration(timezone.now())
    rows = Submission.objects.filter(waits, contest__centre=centre)
    return rows.select_related("contest__call").order_by("submitted_at", "pk")
