"""The search page: one box for everything that the reader may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from sinergia.engine.text import clean_line
from sinergia.insights.search.queries import Reader
from sinergia.insights.search.words.results import results_of
from sinergia.organisations.http import chosen_capacity
from sinergia.people.http import for_everyone

LONGEST = 200  # characters of what is searched, as in the lists


@require_safe
@for_everyone
def page(request: HttpRequest) -> HttpResponse:
    """Search everything that the reader may see; without words, say what is searched."""
    typed = clean_line(request.GET.get("q", ""))[:LONGEST]
    reader = _reader(request)
    context = {
        "typed": typed,
        "results": results_of(reader, typed) if typed else None,
        "is_staff": reader.centre_id > 0,
        "crumbs": [(str(pgettext_lazy("menu", "Home")), reverse("web:home")), (_("Search"), "")],
    }
    return render(request, "search/page.html", context)


def _reader(request: HttpRequest) -> Reader:
    chosen = chosen_capacity(request)
    if chosen is None:
        return Reader()
    return Reader(
        centre_id=chosen.place_id if chosen.is_staff else 0,
        organisation_id=chosen.place_id if chosen.is_team else 0,
    )
