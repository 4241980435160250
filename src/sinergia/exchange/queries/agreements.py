"""How partnership agreements are read."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from sinergia.base.search.queries import rows_found
from sinergia.exchange.access import kept_by
from sinergia.exchange.models import PartnershipAgreement as Agreement
from sinergia.exchange.models import Party
from sinergia.exchange.queries.filters import PUT_AWAY, AgreementFilter
from sinergia.organisations.models import Centre
from sinergia.people.models import Person

KIND = "agreement"  # in the index of search
SOON = timedelta(days=90)
_PARTIES = Prefetch(
    "parties",
    Party.objects.select_related("organisation__region").order_by("place", "pk"),
    to_attr="signed",
)


def agreements_seen_by(person: Person | None) -> QuerySet[Agreement]:
    """Public ones, and all of the centres at which somebody works; ordered by nothing yet."""
    seen = Q(is_public=True, removed_at=None)
    if person is not None and person.is_active:
        seen |= kept_by(person)
    return _whole(Agreement.objects.filter(seen))


def agreements_of(centre: Centre) -> QuerySet[Agreement]:
    """What a centre keeps; what was put away, too."""
    return _whole(Agreement.objects.filter(centre=centre))


def agreements_to_choose(centre: Centre) -> list[Agreement]:
    """Agreements that a visit of a centre may rest on, the latest first."""
    rows = Agreement.objects.filter(Q(centre=centre) | Q(is_public=True), removed_at=None)
    return list(rows.order_by("-signed_on", "-pk")[:500])


def asked_for(
    rows: QuerySet[Agreement], asked: AgreementFilter, *, today: date
) -> QuerySet[Agreement]:
    """Those of `rows` that are asked for."""
    is_away = asked.state == PUT_AWAY
    rows = rows.filter(removed_at__isnull=not is_away)
    if asked.state and not is_away:
        rows = rows.filter(in_state(asked.state, today))
    if asked.programme:
        rows = rows.filter(programme__key=asked.programme)
    if asked.centre:
        rows = rows.filter(centre__key=asked.centre)
    if asked.region:
        there = Party.objects.filter(
            agreement=OuterRef("pk"), organisation__region__code=asked.region
        )
        rows = rows.filter(Exists(there))
    found = rows_found(KIND, asked.q)
    return rows if found is None else rows.filter(pk__in=found)


def in_state(state: str, today: date) -> Q:
    """In force on a day; of those, which end within 90 days; ended. Silent ones go on."""
    silent = Q(renewal=Agreement.Renewal.SILENT)
    if state == "ended":
        return ~silent & Q(ends_on__lt=today)
    if state == "ends":
        return Q(ends_on__gte=today, ends_on__lte=today + SOON)
    return silent | Q(ends_on=None) | Q(ends_on__gte=today)


def state_of(agreement: Agreement, today: date) -> str:
    """The state of one, as `in_state` asks: in_force, ends, ended."""
    ends = agreement.ends_on
    if ends is None or ends > today + SOON:
        return "in_force"
    if ends >= today:
        return "ends"
    return "in_force" if agreement.renewal == Agreement.Renewal.SILENT else "ended"


def ending(centre: Centre, *, today: date) -> QuerySet[Agreement]:
    """Agreements of a centre that end within 90 days, the first first."""
    rows = Agreement.objects.filter(in_state("ends", today), centre=centre, removed_at=None)
    return rows.order_by("ends_on", "pk")


def centres_by(numbers: Collection[int]) -> list[Centre]:
    """Centres by their numbers, for a filter."""
    return list(Centre.objects.filter(pk__in=numbers).select_related("organisation").order_by("pk"))


def to_warn_of(*, today: date) -> list[int]:
    """Numbers of agreements whose end nobody was told of in this term."""
    rows = Agreement.objects.filter(in_state("ends", today), removed_at=None, warned_at=None)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:500])


def to_go_on(*, today: date) -> list[int]:
    """Numbers of agreements whose term is over and that go on by themselves."""
    rows = Agreement.objects.filter(renewal=Agreement.Renewal.SILENT, ends_on__lt=today)
    return list(rows.filter(removed_at=None).order_by("pk").values_list("pk", flat=True)[:500])


def _whole(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    return rows.select_related("programme", "centre__organisation").prefetch_related(_PARTIES)
