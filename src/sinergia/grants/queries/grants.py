"""How a grant is read: for its organisation, for a centre, with its rules, plan and periods."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from sinergia.calls.models import Contest, ContestRules
from sinergia.calls.queries.contests import day_of, rules_of
from sinergia.engine.granting.plan import GrantPlan, read_plan
from sinergia.grants.access import of_centre
from sinergia.grants.models import Condition, Grant, GrantPaper, Period, Plan, Transfer
from sinergia.organisations.models import Centre, CentreStaff, Membership
from sinergia.packs.rules import Rules
from sinergia.packs.rules.frozen import thawed
from sinergia.packs.rules.grants import Grants
from sinergia.people.models import Person


def whole_grants() -> QuerySet[Grant]:
    """All of them with whatever a page names, the latest first."""
    rows = Grant.objects.select_related(
        "application__fund", "application__call", "organisation__region", "centre", "curator",
        "award__examination__contest__call",
    )  # fmt: skip
    return rows.order_by("-pk")


def grants_of(centre: Centre) -> QuerySet[Grant]:
    """Grants that a centre sees."""
    return whole_grants().filter(of_centre(centre))


def grants_for(person: Person) -> QuerySet[Grant]:
    """Grants that a person may see: of their organisations, of the centres where they work."""
    work = CentreStaff.objects.filter(person=person, until=None)
    teams = Membership.objects.filter(person=person, until=None)
    theirs = Q(organisation__in=teams.values("organisation"))
    theirs |= Q(centre__in=work.values("centre"))
    theirs |= Q(centre=None, organisation__region__in=work.values("centre__regions__region"))
    return whole_grants().filter(theirs)


def grant_keyed(person: Person, key: UUID) -> Grant | None:
    """A grant that a person may see; hidden and missing look alike."""
    return grants_for(person).filter(key=key).first()


def contest_of(grant: Grant) -> Contest | None:
    """The contest here in which it was won; none of a grant won elsewhere."""
    return grant.award.examination.contest if grant.award is not None else None


def contest_rules(grant: Grant) -> Rules | None:
    """The rules of its contest as they stand; none of a grant won elsewhere."""
    contest = contest_of(grant)
    kept = rules_of(contest) if contest is not None else None
    return kept.rules if kept is not None else None


def grants_rules(grant: Grant) -> Grants:
    """What its rules say of what follows a win; the plainest there are for a grant elsewhere."""
    return grants_in(contest_rules(grant))


def grants_in(rules: Rules | None) -> Grants:
    """The same of rules that are known already."""
    return rules.grants if rules is not None else Grants()


def grants_rules_by(contests: Collection[int]) -> dict[int, Grants]:
    """The same of the rules of some contests as they stand; one query."""
    rows = ContestRules.objects.filter(contest__in=contests).order_by("version")
    latest = {one.contest_id: one for one in rows}
    return {contest: thawed(bytes(one.content)).grants for contest, one in latest.items()}


def today_of(grant: Grant, now: datetime | None = None) -> date:
    """The day it is where its contest is held; where the reader is, of a grant elsewhere.

    now: another moment, of whatever is done at it.
    """
    contest = contest_of(grant)
    now = now or timezone.now()
    return (day_of(now, contest) if contest is not None else None) or timezone.localdate(now)


def plans_of(grant: Grant) -> QuerySet[Plan]:
    """Every plan it has had, the latest first."""
    return grant.plans.order_by("-version")


def latest_plan(grant: Grant) -> Plan:
    """The plan that holds now."""
    return plans_of(grant)[0]


def thawed_plan(plan: Plan, grant: Grant) -> GrantPlan:
    """A plan, read. Raises Broken where it is not what its digest says."""
    return read_plan(bytes(plan.content), currency=grant.currency, digest=plan.digest)


def conditions_of(grant: Grant) -> QuerySet[Condition]:
    """What must be there before it is signed, in the order of the rules; each with its file."""
    return grant.conditions.select_related("file").order_by("pk")


def condition_keyed(grant: Grant, key: UUID) -> Condition | None:
    """One of them."""
    return conditions_of(grant).filter(key=key).first()


def periods_of(grant: Grant) -> QuerySet[Period]:
    """Its periods in order, each with its report and the transfers that count."""
    counted = Transfer.objects.filter(removed_at=None).order_by("on", "pk")
    rows = grant.periods.select_related("report").order_by("number")
    return rows.prefetch_related(Prefetch("transfers", queryset=counted, to_attr="moved"))


def papers_of(grant: Grant) -> QuerySet[GrantPaper]:
    """Its papers with their files, the latest first."""
    return grant.papers.select_related("made", "signed", "signature", "plan").order_by("-pk")


def agreement_of(grant: Grant) -> GrantPaper | None:
    """The agreement as it was made last; none before anybody made one."""
    return papers_of(grant).filter(kind=GrantPaper.Kind.AGREEMENT).first()


def is_made_before(paper: GrantPaper | None) -> bool:
    """Whether an agreement tells a sum, days or tranches that were written anew since."""
    return paper is not None and paper.plan_id is None


def unsigned() -> QuerySet[Grant]:
    """Grants being prepared that have a last day for signing, what ends first before."""
    rows = whole_grants().filter(stage=Grant.Stage.PREPARING, sign_by__isnull=False)
    return rows.order_by("sign_by", "pk")
