"""How visits are read, each by whoever may."""

from django.db.models import QuerySet

from sinergia.exchange.access import seen_by
from sinergia.exchange.models import Visit
from sinergia.organisations.models import Centre
from sinergia.people.models import Person

_BESIDE = (
    "course",
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


def visits_of(centre: Centre) -> QuerySet[Visit]:
    """Everything a centre prepares; what was put away, too."""
    return Visit.objects.filter(centre=centre).select_related(*_BESIDE).order_by("-pk")
