"""What waits for those who read and run contests, and for who has won: for «Мои дела»."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet

from sinergia.calls.models import Contest
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.review.access import OPEN
from sinergia.review.models import Award, Objection, RevisedBudget, Sheet
from sinergia.review.queries.commission import hidden_submissions
from sinergia.review.queries.decision import awards_of
from sinergia.review.queries.following import (
    due_minor,
    left_minor,
    next_in_reserve,
    published_awards_of,
)
from sinergia.review.queries.results import COMES_TO
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
    """Grants given back in whose place nobody has moved up, though somebody may.

    since: what was declined before is let be.
    """
    given_back = Award.objects.filter(
        examination__contest__centre=centre, follow="declined", followed_at__gte=since
    )
    contests = Contest.objects.filter(pk__in=given_back.order_by().values("examination__contest"))
    rows = [pk for one in contests.order_by("pk") for pk in _in_nobodys_stead(one)]
    return given_back.filter(pk__in=rows).order_by("pk")


def objections_to_settle(person: Person, centre: Centre) -> QuerySet[Objection]:
    """Whom applicants named as not to read them, and nobody has looked at it yet.

    Of what somebody of the centre sees: nothing of what is handed in by organisations of theirs.
    """
    rows = Objection.objects.filter(submission__contest__centre=centre, settled_at=None)
    contests = Contest.objects.filter(pk__in=rows.order_by().values("submission__contest"))
    for contest in contests.order_by("pk"):
        rows = rows.exclude(submission__in=hidden_submissions(person, contest).values("pk"))
    return rows.select_related("submission__contest__call").order_by("pk")


def _in_nobodys_stead(contest: Contest) -> list[int]:
    """Those of a contest given back for which nobody has moved up; none where nobody may."""
    first, left = next_in_reserve(contest), left_minor(contest)
    if first is None or (left is not None and left < due_minor(first)):
        return []
    free: list[int] = []
    rows = awards_of(contest).exclude(follow="").order_by("followed_at", "pk")
    for pk, follow, outcome in rows.values_list("pk", "follow", "outcome"):
        has_moved_up = follow == Award.Follow.PROMOTED or outcome == Award.Outcome.RESERVE
        free = free[1:] if has_moved_up else free
        free += [pk] if follow == Award.Follow.DECLINED else []
    return free
