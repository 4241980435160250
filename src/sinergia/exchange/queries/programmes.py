"""How programmes of exchange are read."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet

from sinergia.exchange.access import kept_by
from sinergia.exchange.models import Aim, Programme, ProgrammePlace
from sinergia.organisations.models import Centre
from sinergia.people.models import Person

A_YEAR = timedelta(days=365)
_PLACES = Prefetch(
    "places",
    ProgrammePlace.objects.select_related("region", "municipality").order_by("side", "pk"),
    to_attr="sides",
)


def programmes_seen_by(person: Person | None) -> QuerySet[Programme]:
    """What everybody sees, and all of the centres at which somebody works."""
    seen = Q(is_public=True, removed_at=None)
    if person is not None and person.is_active:
        seen |= kept_by(person)
    rows = Programme.objects.filter(seen).select_related("centre__organisation")
    return rows.prefetch_related(_PLACES)


def programmes_of(centre: Centre) -> QuerySet[Programme]:
    """What a centre keeps; what was put away, too."""
    rows = Programme.objects.filter(centre=centre)
    return rows.select_related("centre__organisation").prefetch_related(_PLACES)


def programmes_to_choose(centre: Centre) -> Sequence[Programme]:
    """Programmes that an agreement or a visit of a centre may belong to: its own, public ones."""
    rows = Programme.objects.filter(Q(centre=centre) | Q(is_public=True), removed_at=None)
    return list(rows.order_by("name_folded", "pk")[:500])


def aims_of(programme: Programme) -> QuerySet[Aim]:
    """What a programme wants to reach, in order."""
    return programme.aims.order_by("place", "pk")


def looked_at_from(programme: Programme) -> date:
    """The day from which it may be said whether an aim was met: a year after the beginning."""
    return (programme.starts_on or programme.made_at.date()) + A_YEAR


def aims_waiting(centre: Centre, *, today: date) -> QuerySet[Aim]:
    """Aims of a centre's programmes that are a year old and were not looked at yet."""
    year_ago = today - A_YEAR
    is_old = Q(programme__starts_on__lte=year_ago)
    is_old |= Q(programme__starts_on=None, programme__made_at__date__lte=year_ago)
    rows = Aim.objects.filter(is_old, programme__centre=centre, programme__removed_at=None)
    return rows.filter(verdict="").select_related("programme").order_by("pk")
