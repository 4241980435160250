"""What waits for those who read and run contests, and for who has won: for «Мои дела»."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.review.access import OPEN
from sinergia.review.models import Award, Objection, RevisedBudget, Sheet
from sinergia.review.queries.following import published_awards_of
from sinergia.review.queries.results import COMES_TO, OUTCOMES
from sinergia.review.queries.sheets import is_decided_about, sheets_read_by


def sheets_to_sign(person: Person) -> QuerySet[Sheet]:
    """Sheets that an expert has to write and sign, the one given first before the others.

    Once it is decided about an application nobody has to.
    """
    return sheets_read_by(person).filter(~is_decided_about(), stage__in=OPEN)


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


def declined_before_reserve(centre: Centre, *, since: datetime) -> QuerySet[Award]:
    """Grants given back, for which the next of a reserve list may move up with what is left.

    since: what was declined before is let be.
    """
    of = Award.objects.filter(examination__contest=OuterRef("examination__contest"))
    first = of.filter(OUTCOMES["reserve"]).order_by("reserve")
    promoted = of.filter(follow="promoted", followed_at__gte=OuterRef("followed_at"))
    summed = of.filter(COMES_TO).order_by().values("examination__contest")
    taken = Subquery(summed.annotate(sum=Sum("awarded_minor")).values("sum"))
    rows = Award.objects.filter(
        ~Exists(promoted), examination__contest__centre=centre, follow="declined",
        followed_at__gte=since,
    )  # fmt: skip
    rows = rows.annotate(
        budget=F("examination__contest__budget_minor"),
        due=Subquery(first.values("examination__submission__asked_minor")[:1]),
        taken=Coalesce(taken, 0),
    )
    suffices = Q(budget=None) | Q(budget__gte=F("taken") + F("due"))
    return rows.filter(suffices, due__isnull=False).order_by("pk")


def objections_to_settle(centre: Centre) -> QuerySet[Objection]:
    """Whom applicants named as not to read them, and nobody has looked at it yet."""
    rows = Objection.objects.filter(submission__contest__centre=centre, settled_at=None)
    return rows.select_related("submission__contest__call").order_by("pk")
