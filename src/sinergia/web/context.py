"""What every page's template may name."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from sinergia import __version__
from sinergia.organisations.http import capacities, chosen_capacity
from sinergia.people.queries import invented_people


def site(request: HttpRequest) -> dict[str, object]:
    """Give the version, whether this is the invented demo, and what the reader may be here."""
    enter_as = invented_people() if settings.IS_DEMO else None  # asked only where it is shown
    return {
        "version": __version__,
        "is_demo": settings.IS_DEMO,
        "enter_as": enter_as,
        "capacity": SimpleLazyObject(lambda: chosen_capacity(request)),
        "capacities": SimpleLazyObject(lambda: capacities(request)),
        "rights": SimpleLazyObject(lambda: rights_of(request)),
    }


def rights_of(request: HttpRequest) -> frozenset[str]:
    """What the menu asks of the reader: `signed_in`, and the roles of the chosen capacity."""
    person = getattr(request, "user", None)  # a page of a fault may come before it is known
    if person is None or not person.is_authenticated:
        return frozenset()
    chosen = chosen_capacity(request)
    found = {"signed_in"}
    if chosen is not None:
        found |= {chosen.role} | ({"staff"} if chosen.is_staff else set())
        found |= {"team"} if chosen.is_team else set()
    return frozenset(found)
