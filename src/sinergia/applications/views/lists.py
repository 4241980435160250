"""The public list of applications, one application, and the list as a file."""

from collections.abc import Sequence
from uuid import UUID

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sinergia.applications import papers
from sinergia.applications.access import may_tell_origin
from sinergia.applications.forms.lists import FIELDS, FilterForm
from sinergia.applications.forms.loads import FIELD_NAMES
from sinergia.applications.models import Application
from sinergia.applications.queries import lists, records
from sinergia.applications.queries.filters import ApplicationFilter
from sinergia.applications.queries.naming import said_of
from sinergia.applications.queries.origins import is_handed_in_here, origin_of
from sinergia.applications.views.showing import cells_shown, tiles, versions_shown
from sinergia.applications.words import explain
from sinergia.applications.words.card import card_of
from sinergia.base.journal.words import explain as explain_entry
from sinergia.base.search.queries import MOST_HITS, is_cut
from sinergia.base.tables.paging import page_of
from sinergia.base.tables.sent import TABLES, streamed_table
from sinergia.base.tables.sorting import Column, Sorting, sorting_of
from sinergia.people.access import may_administer
from sinergia.people.http import for_everyone
from sinergia.people.models import Person

COLUMNS = (
    Column("year", "contest_year", gettext_lazy("Year and fund"), is_descending=True),
    Column("title", "title_folded", gettext_lazy("Project")),
    Column("asked", "asked_minor", gettext_lazy("Asked"), is_descending=True, kind="num"),
    Column("awarded", "awarded_minor", gettext_lazy("Awarded"), is_descending=True, kind="num"),
)


@require_safe
@for_everyone
def applications(request: HttpRequest) -> HttpResponse:
    """List the applications that the address asks for."""
    asked = ApplicationFilter.from_query(request.GET.dict())
    sorting = sorting_of(COLUMNS, request.GET.get("sort", ""))
    page = page_of(
        lists.narrow(asked),
        order=sorting.order,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    found, rows = lists.totals(asked), lists.shown(page.rows, _reader(request))
    context = {"totals": found, "tiles": tiles(asked, found)} | _narrowed(asked, sorting)
    context |= {"page": page, "rows": rows, "crumbs": _crumbs()}
    return render(request, "applications/list.html", context)


@require_safe
@for_everyone
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Give exactly the rows that the address asks for, in its order, as a file."""
    if form not in TABLES:
        raise Http404
    asked = ApplicationFilter.from_query(request.GET.dict())
    sorting = sorting_of(COLUMNS, request.GET.get("sort", ""))
    rows = (
        lists.exported(asked, _reader(request))
        .order_by(*sorting.order_by)
        .iterator(chunk_size=2000)
    )
    head, lines, name = papers.head(), papers.lines(rows), f"applications.{form}"
    return streamed_table(name, head, lines, sheet=_("Applications"))


@require_safe
@for_everyone
def detail(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show one application as filed, and whatever became of it."""
    application = get_object_or_404(records.detailed(), key=key)
    administers = request.user.is_authenticated and may_administer(request.user)
    versions = records.versions_of(application, shows_persons=administers)
    doubts = records.open_doubts_of(application)
    events = records.history_of(application) if administers else []
    context = _as_filed(versions) | {
        "application": application,
        "card": card_of(application, get_language() or "ru"),
        "administers": administers,
        "doubts": [(doubt, explain(doubt.code)) for doubt in doubts],
        "events": [(event, explain_entry(event.verb)) for event in events],
        "crumbs": _crumbs(application.number),
    }
    context |= _thread(request, application)
    return render(request, "applications/detail.html", context)


def _reader(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None


def _thread(request: HttpRequest, application: Application) -> dict[str, object]:
    """Whether it is known of which project it is, and who says so, for those who may say it."""
    is_here, told = is_handed_in_here(application), origin_of(application)
    tells = request.user.is_authenticated and may_tell_origin(request.user, application)
    return {
        "knows_owner": tells,
        "has_thread": is_here or told is not None,
        "tells_origin": tells and not is_here,
        "origin": told if tells else None,
    }


def _as_filed(versions: Sequence[records.Version]) -> dict[str, object]:
    """The row as a fund filed it: its cells, its versions."""
    names = {field: str(label) for field, label in FIELD_NAMES.items()}
    return {"cells": cells_shown(versions, names), "versions": versions_shown(versions, names)}


def _narrowed(asked: ApplicationFilter, sorting: Sorting) -> dict[str, object]:
    """What the page says of its filter, and the addresses that change it."""
    return {
        "asked": asked,
        "form": FilterForm(asked, lists.choices(), sort=_sort(sorting)),
        "chips": _chips(asked, sorting),
        "heads": sorting.heads({one: "?" + asked.to_query(sort=one) for one in sorting.sorts()}),
        "query": asked.to_query(sort=_sort(sorting)),
        "cut_at": MOST_HITS if asked.q and is_cut("application", asked.q) else 0,
    }


def _sort(sorting: Sorting) -> str:
    """What an address has to say of the order: nothing where it is the usual one."""
    return "" if sorting == sorting_of(COLUMNS, "") else sorting.query


def _chips(asked: ApplicationFilter, sorting: Sorting) -> list[tuple[str, str]]:
    """What is asked beside the form's fields, each with the address without it."""
    beside = ApplicationFilter(
        **{name: value for name, value in asked.values.items() if name not in FIELDS}
    )
    return [
        (words, "?" + asked.with_(**{name: ""}).to_query(sort=_sort(sorting)))
        for name, words in said_of(beside).items()
    ]


def _crumbs(number: str = "") -> list[tuple[str, str]]:
    """Where the page stands."""
    home = (str(pgettext_lazy("menu", "Home")), reverse("web:home"))
    if not number:
        return [home, (_("Applications"), "")]
    return [home, (_("Applications"), reverse("applications:list")), (number, "")]
