"""What every page's template may name."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from sinergia import __version__
from sinergia.base.tables.paging import Count
from sinergia.notices.queries import unseen_count
from sinergia.organisations.http import capacities, chosen_capacity
from sinergia.people.http import mark_of, reader_of
from sinergia.people.models import Person
from sinergia.people.queries import invented_people
from sinergia.web.demo import stock
from sinergia.web.manual import explained_in
from sinergia.web.walk.views import guide_of


def site(request: HttpRequest) -> dict[str, object]:
    """Give the version, whether this is the invented demo, and what the reader may be here."""
    return {
        "product_version": __version__,
        "is_demo": settings.IS_DEMO,
        "enter_as": SimpleLazyObject(introduced) if settings.IS_DEMO else None,
        "guide": guide_of(request) if settings.IS_DEMO else None,
        "capacity": SimpleLazyObject(lambda: chosen_capacity(request)),
        "capacities": SimpleLazyObject(lambda: capacities(request)),
        "unseen": SimpleLazyObject(lambda: unseen_by(request)),
        "reader_mark": reader_mark(request),
        "rights": SimpleLazyObject(lambda: rights_of(request)),
        "help_topic": explained_in(request.resolver_match),
    }


def introduced() -> list[tuple[Person, str]]:
    """Whom one may enter the demo as, each with who that is."""
    is_english = get_language() == "en"
    told = {row.email: row.note_en if is_english else row.note for row in stock.cast().people}
    return [(one, told[one.email]) for one in invented_people().filter(email__in=told)]


def unseen_by(request: HttpRequest) -> Count:
    """How much whoever reads has not looked at of what they were told."""
    return (
        unseen_count(request.user) if request.user.is_authenticated else Count(0, is_capped=False)
    )


def reader_mark(request: HttpRequest) -> str | None:
    """Whose page it is, "" for a visitor; none where a fault came before that was known."""
    if getattr(request, "user", None) is None:
        return None
    reader = reader_of(request)
    return mark_of(reader) if reader is not None else ""


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
