"""The catalogue of practices with its facets, as a file, and a few of them side by side."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from sinergia.base.search.queries import MOST_HITS, is_cut
from sinergia.base.tables.paging import ordered, page_of
from sinergia.base.tables.sent import TABLES, streamed_table
from sinergia.base.tables.sorting import Column, Sorting, about_list, sorting_of
from sinergia.people.http import for_everyone, is_fragment
from sinergia.practices.papers import catalogue as papers
from sinergia.practices.queries import catalogue as queries
from sinergia.practices.queries.catalogue import MOST_COMPARED, PracticeFilter
from sinergia.practices.queries.facets import Counts, counts_of, kept_counts_of
from sinergia.practices.queries.writing import read_all
from sinergia.practices.words.catalogue import cards_of, facet_form, said_of
from sinergia.practices.words.comparing import rows_of

COLUMNS = (
    Column("new", "published_at", gettext_lazy("In the catalogue since"), is_descending=True),
    Column("title", "title_folded", gettext_lazy("Practice")),
    Column("cost", "start_minor", gettext_lazy("Cost to begin"), kind="num"),
)


@require_safe
@for_everyone
def catalogue(request: HttpRequest) -> HttpResponse:
    """List the practices that the address asks for; a part of the page, where htmx asks."""
    asked = PracticeFilter.from_query(request.GET.dict())
    sorting, counts = sorting_of(COLUMNS, request.GET.get("sort", "")), kept_counts_of(asked)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    rows = queries.listed(asked, counts.total)
    page = page_of(rows, order=sorting.order, after=after, before=before)
    context = _narrowed(request, asked, counts, sorting)
    context |= {"page": page, "cards": cards_of(page.rows)}
    if not is_fragment(request):
        return render(request, "practices/catalogue.html", context)
    response = render(request, "practices/_catalogue.html", context | {"is_part": True})
    response.headers["HX-Push-Url"] = f"{reverse('practices:catalogue')}?{context['query']}"
    return response


@require_safe
@for_everyone
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Give exactly the rows that the address asks for, in its order, as a file."""
    if form not in TABLES:
        raise Http404
    asked = PracticeFilter.from_query(request.GET.dict())
    sorting = sorting_of(COLUMNS, request.GET.get("sort", ""))
    rows = ordered(queries.shown(queries.found(asked)), sorting.order)
    cards = (card for row in rows.iterator(chunk_size=500) for card in cards_of([row]))
    about = about_list(said_of(asked, counts_of(asked)).values(), sorting)
    name, head, lines = f"practices.{form}", papers.head(), papers.lines(cards)
    return streamed_table(name, head, lines, sheet=_("Practices"), about=about)


@require_safe
@for_everyone
def compare(request: HttpRequest) -> HttpResponse:
    """Up to four practices side by side; what is not in the catalogue is not there."""
    keys = request.GET.getlist("key")
    cards = cards_of(queries.compared(keys))
    shown = [str(card.practice.key) for card in cards]
    context = {
        "cards": [(card, _without(shown, str(card.practice.key))) for card in cards],
        "rows": rows_of(cards, read_all([card.practice for card in cards])),
        "is_full": len(cards) == MOST_COMPARED,
        "left_out": len(dict.fromkeys(keys)) > len(cards),
        "most": MOST_COMPARED,
        "more_query": urlencode({"beside": shown}, doseq=True),
        "crumbs": [*_home(), (_("Practices"), reverse("practices:catalogue")), (_("Compare"), "")],
    }
    return render(request, "practices/compare.html", context)


def _narrowed(
    request: HttpRequest, asked: PracticeFilter, counts: Counts, sorting: Sorting
) -> dict[str, object]:
    """What the page says of its filter, and the addresses that change it."""
    sort = "" if sorting == sorting_of(COLUMNS, "") else sorting.query
    chosen = cards_of(queries.compared(request.GET.getlist("beside")))[: MOST_COMPARED - 1]
    beside = [str(one.practice.key) for one in chosen]

    def address(**changes: str) -> str:
        kept = asked.to_query(**({"sort": sort} | changes))
        return "&".join(filter(None, [kept, urlencode({"beside": beside}, doseq=True)]))

    return {
        "asked": asked,
        "crumbs": [*_home(), (_("Practices"), "")],
        "form": facet_form(asked, counts, {"sort": sort} if sort else {}),
        "counts": counts,
        "beside": chosen,
        "chips": [
            (words, f"?{address(**{name: ''})}") for name, words in said_of(asked, counts).items()
        ],
        "heads": sorting.heads({one: f"?{address(sort=one)}" for one in sorting.sorts()}),
        "query": address(),
        "cut_at": MOST_HITS if counts.among and is_cut(queries.KIND, asked.q) else 0,
    }


def _without(keys: Sequence[str], key: str) -> str:
    return urlencode({"key": [one for one in keys if one != key]}, doseq=True)


def _home() -> list[tuple[str, str]]:
    return [(str(pgettext_lazy("menu", "Home")), reverse("web:home"))]
