"""What followed on a decision: who declined, who comes next, budgets cut to an award."""

from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_of
from sinergia.organisations.models import Standing
from sinergia.people.models import Person
from sinergia.projects.queries.projects import projects_of
from sinergia.review.models import Award, Publication, RevisedBudget
from sinergia.review.queries.decision import awards_of
from sinergia.review.queries.results import COMES_TO, shown, totals_of

OWNER = "examination__submission__organisation"


def is_held(award: Award) -> bool:
    """Whether a grant was won and not declined."""
    if award.follow == Award.Follow.DECLINED:
        return False
    return award.outcome == Award.Outcome.WON or award.follow == Award.Follow.PROMOTED


def win_key(award: Award) -> UUID:
    """By what floors above note in `organisations.Standing` that a grant of an award is signed."""
    return award.key


def is_signed(award: Award) -> bool:
    """Whether the agreement on it is signed: then it is not declined any more."""
    rows = Standing.objects.filter(code=Standing.Code.GRANT_UNDER_WAY, key=win_key(award))
    return rows.exists()


def due_minor(award: Award) -> int:
    """What an application would get: what it asked for, without what the commission cut."""
    asked = award.examination.submission.asked_minor
    return asked - sum(int(one["minor"]) for one in award.cuts)


def left_minor(contest: Contest) -> int | None:
    """What is left of the money of a contest; none where it has no bound."""
    if contest.budget_minor is None:
        return None
    return contest.budget_minor - totals_of(contest).taken_minor


def next_in_reserve(contest: Contest) -> Award | None:
    """The first of the reserve list that may move up: its organisation holds no grant too many."""
    rows = shown(awards_of(contest)).filter(outcome=Award.Outcome.RESERVE, follow="")
    if wins := _wins(contest):
        held = awards_of(contest).filter(COMES_TO).values(OWNER).annotate(held=Count("pk"))
        rows = rows.exclude(**{f"{OWNER}__in": held.filter(held__gte=wins).values(OWNER)})
    return rows.order_by("reserve").first()


def has_enough(award: Award) -> bool:
    """Whether its organisation holds as many other grants of the contest as the rules allow."""
    wins = _wins(award.examination.contest)
    return wins is not None and has_won(award) >= wins


def _wins(contest: Contest) -> int | None:
    """How many grants of a contest one organisation may win; none: any number."""
    kept = rules_of(contest)
    return kept.rules.applicant.wins if kept is not None else None


def followed_in(contest: Contest) -> QuerySet[Award]:
    """Who declined and who moved up, the latest first; `may_stand`: whether it may stand again."""
    rows = shown(awards_of(contest)).exclude(follow="").order_by("-followed_at", "-pk")
    return rows.annotate(may_stand=Exists(revocable_in(contest).filter(pk=OuterRef("pk"))))


def revocable_in(contest: Contest) -> QuerySet[Award]:
    """Grants given back since when nobody has moved up: each may stand again."""
    rows = awards_of(contest)
    later = rows.filter(follow="promoted", followed_at__gte=OuterRef("followed_at"))
    return rows.filter(~Exists(later), follow="declined")


def has_won(award: Award) -> int:
    """How many other grants of the contest its organisation holds."""
    owner = award.examination.submission.organisation_id
    rows = awards_of(award.examination.contest).exclude(pk=award.pk)
    return rows.filter(COMES_TO, examination__submission__organisation=owner).count()


def published_awards_of(person: Person) -> QuerySet[Award]:
    """What was decided and published about what a person may see as one of its authors."""
    told = Publication.objects.filter(contest=OuterRef("examination__contest"))
    rows = Award.objects.filter(
        Exists(told.filter(stage=Publication.Stage.PUBLISHED)),
        examination__submission__project__in=projects_of(person).values("pk"),
    )
    return shown(rows).select_related(
        "examination__contest__call", "examination__submission__project",
        "examination__submission__organisation", "examination__submission__frozen__rules",
    )  # fmt: skip


def budgets_of(award: Award) -> QuerySet[RevisedBudget]:
    """Budgets that were sent, the last one first."""
    return award.budgets.order_by("-version")


def awaiting_acceptance(contest: Contest) -> QuerySet[RevisedBudget]:
    """Budgets that an operator has to look at."""
    held = awards_of(contest).filter(COMES_TO).values("pk")
    rows = RevisedBudget.objects.filter(award__in=held, stage="sent")
    return rows.select_related("award__examination__submission__organisation").order_by("sent_at")


def is_due(award: Award) -> bool:
    """Whether its winner has to cut the budget: less was given than was asked for."""
    asked = award.examination.submission.asked_minor
    return is_held(award) and award.awarded_minor < asked


def budget_keyed(contest: Contest, key: UUID) -> RevisedBudget | None:
    """A budget that was sent, with its award."""
    rows = RevisedBudget.objects.filter(award__examination__contest=contest, key=key)
    names = ("organisation", "frozen__rules", "project")
    named = [f"award__examination__submission__{name}" for name in names]
    return rows.select_related("award__examination__contest", *named).first()


def accepted_budget_of(award: Award) -> RevisedBudget | None:
    """The budget by which an agreement is made; none where it was not cut, or not accepted."""
    return budgets_of(award).filter(stage=RevisedBudget.Stage.ACCEPTED).first()
