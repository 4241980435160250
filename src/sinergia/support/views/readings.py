"""The reading of a draft: asked for at a project, given by the centre; the centre's list."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.tables.paging import count_up_to, ordered, page_of
from sinergia.base.tables.sent import TABLES, table_response
from sinergia.base.tables.sorting import Column, Sorting, sorting_of
from sinergia.base.ui.acting import is_done
from sinergia.engine.refusal import Refused
from sinergia.organisations.access import acts_for, may_serve
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.people.http import SignedInRequest, for_signed_in, is_fragment
from sinergia.people.queries import names_of
from sinergia.projects.http import project_of
from sinergia.projects.models import Project
from sinergia.support.actions import readings as actions
from sinergia.support.forms.readings import AskedForm, AskForm, GiveForm, PromiseForm
from sinergia.support.models import Reading
from sinergia.support.queries import readings as queries
from sinergia.support.queries.readings import OPEN, ReadingFilter
from sinergia.support.words import explain
from sinergia.support.words.readings import STATES, head, rows_of, state_of

COLUMNS = (
    Column("asked", "asked_at", gettext_lazy("Asked on"), is_descending=True),
    Column("project", "project__title_folded", gettext_lazy("Project")),
    Column("day", "day", gettext_lazy("Read by")),
)


@require_GET
@for_staff
def readings(request: StaffRequest) -> HttpResponse:
    """Drafts that the centre is asked to read."""
    asked, sorting, today = *_asking(request), timezone.localdate()
    rows = queries.asked_for(queries.readings_at(request.centre), asked, request.user, today=today)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(rows, order=sorting.order, after=after, before=before)
    sort = "" if sorting == sorting_of(COLUMNS, "") else sorting.query
    context = {
        "page": page,
        "rows": [(one, *state_of(one, today=today)) for one in page.rows],
        "total": count_up_to(rows),
        "asked": asked,
        "form": AskedForm(asked, STATES, sort),
        "heads": sorting.heads({one: "?" + asked.to_query(sort=one) for one in sorting.sorts()}),
        "query": asked.to_query(sort=sort),
    }
    return render(request, "support/readings.html", context)


@require_GET
@for_staff
def export(request: StaffRequest, form: str) -> HttpResponse:
    """Exactly the rows that the address asks for, as a file."""
    if form not in TABLES:
        raise Http404
    asked, sorting, today = *_asking(request), timezone.localdate()
    rows = queries.asked_for(queries.readings_at(request.centre), asked, request.user, today=today)
    told = rows_of(ordered(rows, sorting.order).iterator(chunk_size=500), today=today)
    name = _("Readings of drafts")
    return table_response(f"readings.{form}", head(), told, sheet=name)


@require_http_methods(["GET", "POST"])
@for_signed_in
def project(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Readings of a project, and asking for one; for the project's page those alone."""
    found = project_of(request, key)
    form = AskForm(request.POST or None)

    def ask() -> None:
        now = timezone.now()
        actions.ask_reading(found, form.given(), actor=request.user, now=now)

    if request.method == "POST" and is_done(form, ask, explain):
        messages.success(request, _("The resource centre is asked to read the draft."))
        return redirect("readings:project", key)
    context = _history(found) | {"form": form}
    if is_fragment(request):
        return render(request, "support/_readings.html", context)
    status = 422 if form.errors else 200
    return render(request, "support/project_readings.html", context, status=status)


@require_GET
@for_signed_in
def reading(request: SignedInRequest, key: UUID) -> HttpResponse:
    """One reading: what was asked, by when, what was said, what hindered then and now."""
    return _page(request, _reading(request, key))


@require_POST
@for_signed_in
def promise(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take it, and say by when."""
    found, form = _reading(request, key), PromiseForm(request.POST)

    def act() -> None:
        on, now = form.cleaned_data["promised_on"], timezone.now()
        actions.promise_reading(found, on, actor=request.user, now=now)

    if is_done(form, act, explain):
        messages.success(request, _("Whoever asked is told the day."))
        return redirect("readings:reading", key)
    return _page(request, found, promise=form)


@require_POST
@for_signed_in
def give(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Say what was read."""
    found, form = _reading(request, key), GiveForm(request.POST)

    def act() -> None:
        summary, now = form.cleaned_data["summary"], timezone.now()
        actions.give_reading(found, summary, actor=request.user, now=now)

    if is_done(form, act, explain):
        messages.success(request, _("The reading is given; whoever asked is told."))
        return redirect("readings:reading", key)
    return _page(request, found, give=form)


@require_POST
@for_signed_in
def take_back(request: SignedInRequest, key: UUID) -> HttpResponse:
    """It is needed no more."""
    found, now = _reading(request, key), timezone.now()
    try:
        actions.take_back_reading(found, actor=request.user, now=now)
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0]))
    return redirect("readings:reading", key)


def _history(found: Project) -> dict[str, object]:
    """Readings of a project, each with its state."""
    rows, today = list(queries.readings_of(found)), timezone.localdate()
    return {
        "project": found,
        "rows": [(one, *state_of(one, today=today)) for one in rows],
        "is_asked": any(one.stage in OPEN for one in rows),
    }


def _page(
    request: SignedInRequest,
    found: Reading,
    *,
    promise: PromiseForm | None = None,
    give: GiveForm | None = None,
) -> HttpResponse:
    now, organisation = timezone.now(), found.project.organisation
    day = found.promised_on or found.wished_on
    context = {
        "reading": found,
        "state": state_of(found, today=timezone.localdate(now)),
        "asker": names_of([found.asked_by]).get(found.asked_by, ""),
        "now_hinders": queries.hindering(found.project, now=now),
        "is_open": found.stage in OPEN,
        "is_staff": may_serve(request.user, organisation),
        "is_team": acts_for(request.user, organisation),
        "promise": promise or PromiseForm(initial={"promised_on": day}),
        "give": give or GiveForm(),
    }
    is_refused = promise is not None or give is not None
    return render(request, "support/reading.html", context, status=422 if is_refused else 200)


def _reading(request: SignedInRequest, key: UUID) -> Reading:
    """Hidden and missing look alike."""
    found = queries.reading_for(request.user, key)
    if found is None:
        raise Http404
    return found


def _asking(request: StaffRequest) -> tuple[ReadingFilter, Sorting]:
    asked = ReadingFilter.from_query(request.GET.dict())
    return asked, sorting_of(COLUMNS, request.GET.get("sort", ""))
