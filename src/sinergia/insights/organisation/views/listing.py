"""The register with its facets, and the register as a file."""

from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from sinergia.applications.queries.naming import said_of
from sinergia.base.search.queries import MOST_HITS, is_cut
from sinergia.base.tables.paging import Order, ordered, page_of
from sinergia.base.tables.sent import TABLES, streamed_table
from sinergia.base.tables.sorting import Column, Sorting, about_list, sorting_of
from sinergia.insights.organisation import papers
from sinergia.insights.organisation.forms import facet_form, said_of_own
from sinergia.insights.organisation.queries.facets import Counts, counts_of
from sinergia.insights.organisation.queries.filters import FILED, OrganisationFilter, Reader
from sinergia.insights.organisation.queries.listing import exported, listed, whole
from sinergia.insights.organisation.queries.names import Names, names_of
from sinergia.insights.organisation.queries.rows import hidden_of
from sinergia.organisations.http import chosen_capacity
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.filters import saved_filters
from sinergia.people.http import for_everyone, is_fragment
from sinergia.people.models import Person

COLUMNS = (
    Column("name", "name_folded", gettext_lazy("Organisation")),
    Column(
        "registered", "registered_on", gettext_lazy("Registered"), kind="num", is_descending=True
    ),
    Column(
        "applications",
        "applications_count",
        gettext_lazy("Applications"),
        kind="num",
        is_descending=True,
    ),
    Column("won", "won_count", gettext_lazy("Number won"), kind="num", is_descending=True),
    Column("newest", "id", gettext_lazy("Newest in the register"), is_descending=True),
)
MET = Column("met", "met_on", gettext_lazy("Last met"), kind="num", is_descending=False)


@require_safe
@for_everyone
def register(request: HttpRequest) -> HttpResponse:
    """List the organisations that the address asks for; a part of the page, where htmx asks."""
    asked, names, reader = asking(request)
    sorting = sorting_of(columns_of(asked, reader), request.GET.get("sort", ""))
    counts = counts_of(asked, reader, names)
    context = _narrowed(request, asked, reader, names, counts, sorting)
    found = listed(asked, reader, counts, by_met=sorting.asked == MET)
    context |= _rows(request, found, reader, sorting.order)
    if not is_fragment(request):
        return render(request, "organisations/list.html", context)
    response = render(request, "organisations/_register.html", context | {"is_part": True})
    response.headers["HX-Push-Url"] = f"{reverse('organisations:list')}?{context['query']}"
    return response


@require_safe
@for_everyone
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Give exactly the rows that the address asks for, in its order, as a file."""
    if form not in TABLES:
        raise Http404
    asked, names, reader = asking(request)
    sorting = sorting_of(columns_of(asked, reader), request.GET.get("sort", ""))
    rows = ordered(exported(asked, reader), sorting.order).iterator(chunk_size=2000)
    about = about_list(said_of_all(asked, reader, names).values(), sorting)
    name, lines = f"organisations.{form}", papers.lines(rows, reader)
    sheet = _("Organisations")
    return streamed_table(name, papers.head(reader), lines, sheet=sheet, about=about)


def asking(request: HttpRequest) -> tuple[OrganisationFilter, Names, Reader]:
    """What the address asks for, what there is to choose from, and who asks on which day."""
    chosen = chosen_capacity(request)
    centre = chosen.place_id if chosen is not None and chosen.is_staff else 0
    asked = OrganisationFilter.from_query(request.GET.dict())
    if not centre:
        asked = asked.with_(met="")
    names = names_of(asked, centre)
    return names.settle(asked), names, Reader(timezone.localdate(), centre, names.served)


def columns_of(asked: OrganisationFilter, reader: Reader) -> tuple[Column, ...]:
    """What may be sorted by: meetings where they are asked of, by staff of one centre."""
    return (*COLUMNS, MET) if reader.centre_id and (asked.met or asked.region) else COLUMNS


def _rows(
    request: HttpRequest, found: QuerySet[Organisation], reader: Reader, order: Order
) -> dict[str, object]:
    """One page of the rows, with what a line of the list shows."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(found, order=order, after=after, before=before)
    return {"page": page, "rows": whole(page.rows, reader)}


def _narrowed(
    request: HttpRequest,
    asked: OrganisationFilter,
    reader: Reader,
    names: Names,
    counts: Counts,
    sorting: Sorting,
) -> dict[str, object]:
    """What the page says of its filter, and the addresses that change it."""
    sort = "" if sorting == sorting_of(COLUMNS, "") else sorting.query
    person = request.user if isinstance(request.user, Person) else None
    said = said_of_all(asked, reader, names)
    return {
        "asked": asked,
        "reader": reader,
        "crumbs": _crumbs(),
        "form": facet_form(asked, reader, names, counts, sort=sort),
        "counts": counts,
        "total": counts.total,
        "hidden": hidden_of(asked, reader),
        "chips": [
            (words, "?" + asked.to_query(**{name: ""}, sort=sort)) for name, words in said.items()
        ],
        "heads": sorting.heads({one: "?" + asked.to_query(sort=one) for one in sorting.sorts()}),
        "query": asked.to_query(sort=sort),
        "filed": asked.filed.values,
        "filed_query": asked.filed.to_query(),
        "cut_at": MOST_HITS if counts.among and asked.q and is_cut("organisation", asked.q) else 0,
        "saved": list(saved_filters(person)) if person else [],
    }


def said_of_all(asked: OrganisationFilter, reader: Reader, names: Names) -> dict[str, str]:
    """Everything that is asked, by its name in an address."""
    filed = {FILED + name: words for name, words in said_of(asked.filed).items()}
    return said_of_own(asked, reader, names) | filed


def _crumbs() -> list[tuple[str, str]]:
    home = (str(pgettext_lazy("menu", "Home")), reverse("web:home"))
    return [home, (_("Organisations"), "")]
