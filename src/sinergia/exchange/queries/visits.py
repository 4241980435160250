"""How visits are read, each by whoever may."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from sinergia.base.search.queries import rows_found
from sinergia.engine.visit import Facts
from sinergia.exchange.access import seen_by
from sinergia.exchange.models import Delegate, Organiser, ReportVersion, Visit
from sinergia.exchange.queries.filters import PUT_AWAY, VisitFilter
from sinergia.organisations.models import Centre
from sinergia.organisations.queries.teams import staff_rows
from sinergia.people.models import Person
from sinergia.places.models import Region

KIND = "visit"  # in the index of search
Stage, Side = Visit.Stage, Organiser.Side
_BESIDE = (
    "course__coordinator",
    "centre__organisation",
    "programme",
    "agreement",
    "from_region",
    "to_region",
)


def visits_seen_by(person: Person | None) -> QuerySet[Visit]:
    """Visits whose page somebody may open, the latest first. person: none for a visitor."""
    rows = Visit.objects.filter(seen_by(person)).select_related(*_BESIDE)
    return rows.order_by("-starts_on", "-pk")


def visit_keyed(key: UUID | str) -> Visit | None:
    """A visit by its key, whoever asks: for the worker."""
    return Visit.objects.filter(key=key).select_related(*_BESIDE).first()


def visits_of(centre: Centre) -> QuerySet[Visit]:
    """Everything a centre prepares; what was put away, too."""
    return Visit.objects.filter(centre=centre).select_related(*_BESIDE).order_by("-pk")


def visits_with(person: Person) -> QuerySet[Visit]:
    """Visits on which somebody travels, the latest first."""
    rows = Delegate.objects.filter(person=person, gone_at=None)
    theirs = Visit.objects.filter(pk__in=rows.values("visit"), course__removed_at=None)
    return theirs.select_related(*_BESIDE).order_by("-starts_on", "-pk")


def asked_for(rows: QuerySet[Visit], asked: VisitFilter, *, ours: list[int]) -> QuerySet[Visit]:
    """Those of `rows` that are asked for. ours: regions of the centre whose staff asks."""
    is_away = asked.stage == PUT_AWAY
    rows = rows.filter(course__removed_at__isnull=not is_away)
    if asked.stage and not is_away:
        rows = rows.filter(stage=asked.stage)
    if asked.told:
        rows = rows.filter(seen_by(None))
    if asked.programme:
        rows = rows.filter(programme__key=asked.programme)
    if (days := asked.days()) is not None:
        rows = rows.filter(starts_on__range=days)
    if asked.region:
        there = Q(from_region__code=asked.region) | Q(to_region__code=asked.region)
        rows = rows.filter(there)
    if asked.direction and ours:
        rows = rows.filter(**{f"{asked.direction}_region__in": ours})
    found = rows_found(KIND, asked.q)
    return rows if found is None else rows.filter(pk__in=found)


def years_of(rows: QuerySet[Visit]) -> list[int]:
    """The years in which some of these visits begin, the latest first."""
    begun = rows.exclude(starts_on=None).order_by()
    return sorted({day.year for day in begun.dates("starts_on", "year")}, reverse=True)


def regions_of_visits(rows: QuerySet[Visit]) -> QuerySet[Region]:
    """The regions from which or to which these visits go."""
    sides = rows.order_by()
    there = Q(pk__in=sides.values("from_region")) | Q(pk__in=sides.values("to_region"))
    return Region.objects.filter(there).order_by("name_folded", "pk")


def organisers_of(visit: Visit) -> QuerySet[Organiser]:
    """Who prepares a visit, those of the host side first."""
    return visit.organisers.select_related("organisation").order_by("side", "pk")


def facts_of(visit: Visit) -> Facts:
    """What a visit has already, as its steps ask."""
    sides = list(visit.organisers.values_list("side", flat=True))
    return Facts(
        basis=visit.basis or ("x" if visit.agreement_id else ""),
        aims=visit.aims,
        payers=visit.payers,
        starts_on=visit.starts_on,
        ends_on=visit.ends_on,
        hosts=sides.count(Side.HOST),
        senders=sides.count(Side.SENDING),
        delegates=visit.delegates.filter(gone_at=None).count(),
        reports=ReportVersion.objects.filter(visit=visit).count(),
    )


def today_at(visit: Visit, now: datetime) -> date:
    """The day where a visit goes to."""
    return now.astimezone(ZoneInfo(visit.time_zone)).date()


def to_bring_on(*, today: date) -> list[int]:
    """Numbers of visits that their days may bring on, wherever they go; today: at the latest."""
    begin = Q(stage=Stage.APPROVED, starts_on__lte=today)
    end = Q(stage=Stage.UNDER_WAY, ends_on__lt=today)
    rows = Visit.objects.filter(begin | end, course__removed_at=None)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:500])


def regions_between(centre: Centre) -> list[Region]:
    """Every region, to choose where a visit of a centre goes and from where; its own first."""
    own = set(centre.regions.values_list("region", flat=True))
    rows = Region.objects.order_by("name_folded", "pk")
    return sorted(rows, key=lambda one: one.pk not in own)


def staff_of(centre: Centre) -> list[Person]:
    """Who works at a centre, to choose a coordinator from."""
    rows = staff_rows(centre).filter(person__is_active=True).select_related("person")
    return [work.person for work in rows]
