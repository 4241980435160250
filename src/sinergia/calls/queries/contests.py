"""How contests that are held here are read."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Q, QuerySet, Subquery

from sinergia.calls.models import Call, Contest, ContestRules, Fund
from sinergia.engine.contest import Plan
from sinergia.engine.project import Broken
from sinergia.organisations.models import Centre
from sinergia.packs.rules import Rules
from sinergia.packs.rules.frozen import thawed


class KeptRules(NamedTuple):
    """The rules of a contest as they stand, and the row that holds them."""

    rules: Rules
    row: ContestRules


def contests() -> QuerySet[Contest]:
    """All of them, the latest end first; those that have none yet before all others."""
    return Contest.objects.select_related("call__fund", "centre__organisation").order_by("-pk")


def steps_due(centre: Centre, *, now: datetime) -> QuerySet[Contest]:
    """Contests whose announced moment of opening, or whose end, has come, and nobody did it."""
    stage = Contest.Stage
    is_due = Q(stage=stage.ANNOUNCED, opens_at__lte=now) | Q(stage=stage.OPEN, closes_at__lt=now)
    return contests_of(centre).filter(is_due, is_training=False).order_by("pk")


def public_contests() -> QuerySet[Contest]:
    """What everybody may see: announced, and no training."""
    return contests().filter(is_training=False).exclude(stage=Contest.Stage.SET_UP)


def public_calls(stage: str, *, now: datetime) -> QuerySet[Call]:
    """The same as calls, in one stage; an intake whose end has passed is over for everybody."""
    over = Q(contest__stage=Contest.Stage.OPEN, contest__closes_at__lt=now)
    shown = Q(contest__stage=stage)
    shown = shown | over if stage == Contest.Stage.CLOSED else shown & ~over
    held = Call.objects.filter(shown, contest__is_training=False)
    return held.select_related("contest", "fund")


def calls_of(centre: Centre) -> QuerySet[Call]:
    """Every contest of a centre as a call."""
    return Call.objects.filter(contest__centre=centre).select_related("contest", "fund")


def contest_by(key: UUID | str) -> Contest | None:
    """A contest by the key of its call, whoever asks: for the worker."""
    return Contest.objects.select_related("call").filter(call__key=key).first()


def contests_of(centre: Centre) -> QuerySet[Contest]:
    """What a centre holds, from its first draft on."""
    return contests().filter(centre=centre)


def rules_of(contest: Contest) -> KeptRules | None:
    """The rules that hold now; none where nobody has chosen any."""
    row = contest.rules.order_by("-version").first()
    return None if row is None else KeptRules(rules_kept(row), row)


def rules_of_many(contests: Iterable[int]) -> dict[int, Rules]:
    """The same of several, by primary keys; one query."""
    last = ContestRules.objects.filter(contest=OuterRef("contest")).order_by("-version")
    rows = ContestRules.objects.filter(contest__in=contests, pk=Subquery(last.values("pk")[:1]))
    return {one.contest_id: rules_kept(one) for one in rows}


def is_judged(contest: Contest) -> bool:
    """Whether the review of what came in has begun."""
    return contest.rules.exclude(judged_at=None).exists()


def rules_kept(row: ContestRules) -> Rules:
    """The rules of a version. Raises Broken where they are not what their checksum says."""
    content = bytes(row.content)
    if sha256(content).hexdigest() != row.digest:
        raise Broken
    return thawed(content)


def all_rules() -> Iterator[ContestRules]:
    """Every version of the rules of every contest, one by one."""
    rows = ContestRules.objects.select_related("contest__call").order_by("pk")
    return rows.iterator(chunk_size=50)


def rules_in_force(contest: Contest) -> Rules:
    """The rules that hold now, of a contest that was opened and so has some."""
    return rules_kept(contest.rules.latest("version"))


def plan_of(contest: Contest) -> Plan:
    """When it takes place."""
    return Plan(
        opens_at=contest.opens_at,
        closes_at=contest.closes_at,
        results_on=contest.results_on,
        project_from=contest.project_from,
        project_to=contest.project_to,
    )


def day_of(moment: datetime | None, contest: Contest) -> date | None:
    """The day of a moment where the contest is held."""
    return None if moment is None else moment.astimezone(ZoneInfo(contest.time_zone)).date()


def left_until(contest: Contest, now: datetime) -> timedelta | None:
    """How long the intake lasts still; none where it is not open."""
    is_open = contest.stage == Contest.Stage.OPEN and contest.closes_at is not None
    if not is_open or contest.closes_at is None or contest.closes_at < now:
        return None
    return contest.closes_at - now


def may_write_for(contest: Contest, now: datetime) -> bool:
    """Whether a project is begun for it: open or announced here, and its end is not past."""
    is_coming = contest.stage in (Contest.Stage.ANNOUNCED, Contest.Stage.OPEN)
    is_over = contest.closes_at is None or contest.closes_at < now
    return contest.intake == Contest.Intake.HERE and is_coming and not is_over


def begins_in(contest: Contest, now: datetime) -> timedelta | None:
    """How long it takes until the intake begins; none where it has, or nothing is announced."""
    is_announced = contest.stage == Contest.Stage.ANNOUNCED and contest.opens_at is not None
    if not is_announced or contest.opens_at is None or contest.opens_at <= now:
        return None
    return contest.opens_at - now


def funds_for(centre: Centre) -> QuerySet[Fund]:
    """Funds in whose name a centre may hold contests: those of its regions."""
    theirs = centre.regions.values("region")
    return Fund.objects.filter(region__in=theirs).order_by("name_ru", "pk")
