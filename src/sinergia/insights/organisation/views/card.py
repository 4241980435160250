"""One organisation as everybody sees it, and the same on one sheet of paper."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from sinergia.applications.queries.filters import ApplicationFilter
from sinergia.applications.queries.lists import latest
from sinergia.insights.organisation.queries import card_of
from sinergia.organisations.access import may_look_inside
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.card import public_card, shown_organisation
from sinergia.organisations.queries.merging import home_of
from sinergia.people.http import for_everyone
from sinergia.people.models import Person


@require_safe
@for_everyone
def detail(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Show an organisation: who they are, and what they asked for and won."""
    organisation = shown_organisation(key)
    if organisation is None:
        return _elsewhere(request, key)
    person = request.user if isinstance(request.user, Person) else None
    theirs = ApplicationFilter(organisation=str(organisation.key))
    context = _card(organisation) | {
        "latest": latest(theirs),
        "all_query": theirs.to_query(),
        "is_inside": person is not None and may_look_inside(person, organisation),
    }
    return render(request, "organisations/detail.html", context)


@require_safe
@for_everyone
def glance(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The same in short, for a sheet of paper: nothing on it that everybody may not see."""
    organisation = shown_organisation(key)
    if organisation is None:
        raise Http404
    return render(request, "organisations/glance.html", _card(organisation))


def _elsewhere(request: HttpRequest, key: UUID) -> HttpResponse:
    """Lead on from a former address; who belongs to a hidden organisation, to its inside."""
    home = home_of(key)
    if home is not None and home.is_public:
        return redirect("organisations:detail", home.key, permanent=True)
    hidden = shown_organisation(key, is_public=False)
    person = request.user if isinstance(request.user, Person) else None
    if hidden is None or person is None or not may_look_inside(person, hidden):
        raise Http404
    return redirect("register:inside", key)


def _card(organisation: Organisation) -> dict[str, object]:
    home = (str(pgettext_lazy("menu", "Home")), reverse("web:home"))
    return {
        "organisation": organisation,
        "shown": public_card(organisation),
        "card": card_of(organisation),
        "crumbs": [home, (_("Organisations"), reverse("organisations:list"))],
    }
