"""The log of a centre: filtered, counted, sorted, taken away; next steps whose day has come."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from sinergia.base.tables.paging import Count, Order, ordered, page_of
from sinergia.base.tables.sent import table_response
from sinergia.base.tables.sorting import Column, Sorting, sorting_of
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.support.access.help import may_set_help
from sinergia.support.forms.consultations import LogForm
from sinergia.support.models import Consultation
from sinergia.support.papers import help as papers
from sinergia.support.queries import consultations as queries
from sinergia.support.queries import whom
from sinergia.support.queries.consultations import ConsultationFilter, StepFilter
from sinergia.support.words.help import (
    RESULTS,
    chips_said,
    client_said,
    facets_said,
    step_is_late,
    step_of,
    whom_said,
)

BY_DAY = Order("next_step__on")
COLUMNS = (
    Column("day", "held_on", gettext_lazy("Day"), is_descending=True),
    Column("minutes", "minutes", pgettext_lazy("time", "Minutes"), kind="num", is_descending=True),
    Column("organisation", "organisation__name_folded", gettext_lazy("Who")),
)


@require_GET
@for_staff
def log(request: StaffRequest) -> HttpResponse:
    """Everything the centre helped with, as the address asks."""
    asked = ConsultationFilter.from_query(request.GET.dict())
    sorting = sorting_of(COLUMNS, request.GET.get("sort", ""))
    counts = queries.counts_of(request.centre, asked)
    rows = queries.with_beside(queries.asked_for(request.centre, asked))
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(rows, order=sorting.order, after=after, before=before)
    context = {
        "page": page,
        "lines": [_line(one) for one in page.rows],
        "counts": counts,
        "total": Count(counts.contacts, is_capped=False),
        "chips": chips_said(asked, counts, _whom(request, asked)),
    }
    context |= _narrowed(asked, counts, sorting)
    return render(request, "support/help/log.html", context)


@require_GET
@for_staff
def export(request: StaffRequest) -> HttpResponse:
    """Exactly the rows of the list that the address asks for, as XLSX."""
    asked = ConsultationFilter.from_query(request.GET.dict())
    sorting = sorting_of(COLUMNS, request.GET.get("sort", ""))
    rows = ordered(queries.asked_for(request.centre, asked), sorting.order)
    told = papers.lines(queries.with_beside(rows).iterator(chunk_size=500), whom_said)
    return table_response("consultations.xlsx", papers.head(), told, sheet=_("Consultations"))


@require_GET
@for_staff
def steps(request: StaffRequest) -> HttpResponse:
    """Next steps: one's own, or those of the whole centre; the nearest first."""
    asked, today = StepFilter.from_query(request.GET.dict()), timezone.localdate()
    rows = queries.steps_asked(request.centre, asked, reader=request.user, today=today)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(rows, order=BY_DAY, after=after, before=before)
    context = {
        "page": page,
        "rows": [(one.next_step, whom_said(one), one.next_step.on <= today) for one in page.rows],
        "asked": asked,
        "query": asked.to_query(),
        "back": f"{reverse('help:steps')}?{asked.to_query()}",
        "may_set": may_set_help(request.user, request.centre),
        "tabs": _tabs_of(asked),
    }
    return render(request, "support/help/steps.html", context)


def _tabs_of(asked: StepFilter) -> list[tuple[str, str, bool]]:
    """One's own, the centre's, and of either those whose day has come."""
    ways = (
        (_("My own"), asked.with_(of="", due="")),
        (_("Of the centre"), asked.with_(of="centre", due="")),
        (_("Their day has come"), asked.with_(due="yes")),
    )
    return [(words, f"?{one.to_query()}", asked == one) for words, one in ways]


def _narrowed(
    asked: ConsultationFilter, counts: queries.Counts, sorting: Sorting
) -> dict[str, object]:
    """The filter with its numbers, and the heads by which the list is sorted."""
    sort = "" if sorting == sorting_of(COLUMNS, "") else sorting.query
    return {
        "asked": asked,
        "form": LogForm(asked),
        "facets": facets_said(asked, counts),
        "heads": sorting.heads({one: "?" + asked.to_query(sort=one) for one in sorting.sorts()}),
        "sort": sort,
        "query": asked.to_query(sort=sort),
    }


def _line(row: Consultation) -> tuple[Consultation, str, str, bool]:
    is_late = step_is_late(step_of(row), today=timezone.localdate())
    return row, whom_said(row), RESULTS[Consultation.Result(row.result)], is_late


def _whom(request: StaffRequest, asked: ConsultationFilter) -> str:
    """The organisation or client that the address names."""
    if asked.organisation:
        found = whom.organisation_keyed(request.centre, asked.organisation)
        return found.short_name or found.name if found else _("unknown")
    if asked.client:
        client = whom.client_by(request.centre, UUID(asked.client))
        return client_said(client) if client else _("unknown")
    return ""
