"""One organisation as everybody sees it, and the same on one sheet of paper."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from sinergia.applications.queries.filters import ApplicationFilter
from sinergia.applications.queries.lists import latest
from sinergia.insights.organisation.queries import card_of
from sinergia.organisations.access import may_look_inside
from sinergia.organisations.http import chosen_capacity, found_by
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.card import public_card, shown_organisations, shown_to
from sinergia.organisations.queries.roles import ADMINISTRATOR
from sinergia.people.http import for_everyone
from sinergia.people.models import Person


@require_safe
@for_everyone
def detail(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Show an organisation: who they are, and what they asked for and won."""
    person = request.user if isinstance(request.user, Person) else None
    organisation = found_by(shown_to(person), key)
    if not organisation.is_public:
        return redirect("register:inside", key)
    theirs = ApplicationFilter(organisation=str(organisation.key))
    context = _card(organisation) | {
        "latest": latest(theirs),
        "all_query": theirs.to_query(),
        "is_inside": person is not None and may_look_inside(person, organisation),
        "may_place": organisation.region_id is None and _places(request),
    }
    return render(request, "organisations/detail.html", context)


@require_safe
@for_everyone
def glance(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The same in short, for a sheet of paper: nothing on it that everybody may not see."""
    organisation = found_by(shown_organisations(), key)
    return render(request, "organisations/glance.html", _card(organisation))


def _places(request: HttpRequest) -> bool:
    """Whether the reader acts as somebody who may say in which region an organisation is."""
    acting = chosen_capacity(request)
    return acting is not None and (acting.is_staff or acting.role == ADMINISTRATOR)


def _card(organisation: Organisation) -> dict[str, object]:
    home = (str(pgettext_lazy("menu", "Home")), reverse("web:home"))
    return {
        "organisation": organisation,
        "shown": public_card(organisation, today=timezone.localdate()),
        "card": card_of(organisation),
        "crumbs": [home, (_("Organisations"), reverse("organisations:list"))],
    }
