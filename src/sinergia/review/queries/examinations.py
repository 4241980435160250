"""Applications under review."""

from django.db.models import Exists, OuterRef, QuerySet

from sinergia.applications.models import Submission
from sinergia.calls.models import Contest
from sinergia.review.models import Examination


def examinations_of(contest: Contest) -> QuerySet[Examination]:
    """Applications under review in a contest, in the order of their codes."""
    rows = Examination.objects.filter(contest=contest)
    return rows.select_related("submission__organisation").order_by("pk")


def awaiting_review(contest: Contest) -> QuerySet[Submission]:
    """Admitted applications, told of it, that are not under review yet."""
    rows = Submission.objects.filter(
        ~Exists(Examination.objects.filter(submission=OuterRef("pk"))),
        contest=contest,
        stage=Submission.Stage.ADMITTED,
    )
    open_decisions = {"decisions__taken_back_at": None, "decisions__done_at": None}
    waiting = Submission.objects.filter(contest=contest, decisions__isnull=False, **open_decisions)
    return rows.exclude(pk__in=waiting.values("pk")).order_by("number")
