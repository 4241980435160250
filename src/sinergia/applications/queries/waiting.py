"""What waits for applicants and for those who take applications in: for «Мои дела»."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from sinergia.applications.models import Decision, Submission
from sinergia.applications.queries.received import awaits_registration
from sinergia.organisations.models import Centre


def returned_to(organisation: int) -> QuerySet[Submission]:
    """What came back for correction, was told and may be mended still; the first one first."""
    untold = Decision.objects.filter(submission=OuterRef("pk"), taken_back_at=None, done_at=None)
    rows = Submission.objects.filter(organisation=organisation, stage=Submission.Stage.RETURNED)
    rows = rows.filter(~Exists(untold), contest__closes_at__gte=timezone.now())
    return rows.select_related("project").order_by("pk")


def to_register(centre: Centre) -> QuerySet[Submission]:
    """What was handed in to contests of a centre and is to be registered."""
    waits = awaits_registration(timezone.now())
    rows = Submission.objects.filter(waits, contest__centre=centre)
    return rows.select_related("contest__call").order_by("submitted_at", "pk")
