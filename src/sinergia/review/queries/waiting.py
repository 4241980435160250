"""What waits for those who read and run contests, and for who has won: for «Мои дела»."""

from django.db.models import Exists, F, OuterRef, QuerySet

from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.review.access import OPEN
from sinergia.review.models import Award, Objection, RevisedBudget, Sheet
from sinergia.review.queries.following import published_awards_of
from sinergia.review.queries.results import COMES_TO
from sinergia.review.queries.sheets import sheets_read_by


def sheets_to_sign(person: Person) -> QuerySet[Sheet]:
    """Sheets that an expert has to write and sign, the one given first before the others."""
    return sheets_read_by(person).filter(stage__in=OPEN)


def budgets_to_cut(person: Person) -> QuerySet[Award]:
    """Awards of less than was asked for, whose winner has sent no new budget, or it came back."""
    sent = RevisedBudget.objects.filter(award=OuterRef("pk"), stage__in=("sent", "accepted"))
    rows = published_awards_of(person).filter(COMES_TO, ~Exists(sent))
    return rows.filter(awarded_minor__lt=F("examination__submission__asked_minor")).order_by("pk")


def budgets_to_look_at(centre: Centre) -> QuerySet[RevisedBudget]:
    """New budgets that an operator of a centre has to look at, in any of its contests."""
    held = Award.objects.filter(COMES_TO, examination__contest__centre=centre).values("pk")
    rows = RevisedBudget.objects.filter(award__in=held, stage="sent")
    return rows.select_related("award__examination__contest__call").order_by("sent_at", "pk")


def objections_to_settle(centre: Centre) -> QuerySet[Objection]:
    """Whom applicants named as not to read them, and nobody has looked at it yet."""
    rows = Objection.objects.filter(submission__contest__centre=centre, settled_at=None)
    return rows.select_related("submission__contest__call").order_by("pk")
