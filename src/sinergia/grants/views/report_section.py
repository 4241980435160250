"""A section of a report: written whole by its button, or field by field as one types."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergia.base.drafts.http import OPENED, Sent, Writing, versions_of
from sinergia.base.drafts.words import clock
from sinergia.engine.granting.reporting import REPORT
from sinergia.grants.actions.reporting import move_row, save_fields, take_out_row
from sinergia.grants.http import kept_report
from sinergia.grants.models import Report
from sinergia.grants.queries.money import money_of
from sinergia.grants.queries.reports import is_open, readiness_of, told_remarks, written
from sinergia.grants.views.report_reading import payments_shown
from sinergia.grants.views.reports import frame_of
from sinergia.grants.words import explain
from sinergia.grants.words.report_fields import SECTIONS
from sinergia.grants.words.report_form import Shown, form_of
from sinergia.grants.words.reports import (
    address_of,
    remarks_said,
    section_of,
    steps_of,
)
from sinergia.people.http import SignedInRequest, for_signed_in, for_writers
from sinergia.people.words import theirs_of


@require_http_methods(["GET", "POST"])
@for_writers
def section(request: SignedInRequest, key: UUID, row: UUID, name: str) -> HttpResponse:
    """The fields of a section; without a script they are saved by its button, all at once."""
    report = kept_report(request, key, row)
    if name not in SECTIONS:
        raise Http404
    if not is_open(report):
        return redirect(address_of(report, "read"))
    if request.method == "GET":
        return _page(request, report, name, more=request.GET.get("add", ""))
    return _sent(request, report, name)


@require_POST
@for_signed_in
def save(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Save one text; answer by its new version, or by what somebody else saved meanwhile."""
    return _writing(request, kept_report(request, key, row)).saved(request.POST)


@require_POST
@for_signed_in
def take_out(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Take out an event that the plan does not know."""
    return _writing(request, kept_report(request, key, row)).taken_out(request.POST)


@require_POST
@for_signed_in
def move(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Put such an event one place up or down; answer by the order in which they stand then."""
    return _writing(request, kept_report(request, key, row)).moved(request.POST)


def _writing(request: SignedInRequest, report: Report) -> Writing:
    who, now = request.user, timezone.now()
    return Writing(
        REPORT,
        save=partial(save_fields, report, actor=who, now=now),
        take_out=partial(take_out_row, report, actor=who, now=now),
        move=partial(move_row, report, actor=who, now=now),
        explain=explain,
        theirs=theirs_of,
    )


def _sent(request: SignedInRequest, report: Report, name: str) -> HttpResponse:
    """What becomes of a section that was sent whole."""
    sent = _writing(request, report).sent(request.POST)
    if not sent.is_saved:
        return _page(request, report, name, sent)
    return _go_on(request, report, name)


def _go_on(request: SignedInRequest, report: Report, name: str) -> HttpResponse:
    """After a section is saved: the same page, where it has more to fill in, or the next."""
    here, names = address_of(report, "section", name), list(SECTIONS)
    messages.success(request, _("Saved at %(time)s.") % {"time": clock(timezone.now())})
    if "remove" in request.POST or "move" in request.POST:
        return redirect(f"{here}#b-others")
    if request.POST.get("add") == "others":
        return redirect(f"{here}?add=others#b-others")
    after = names[names.index(name) + 1 :]
    if request.POST.get("go") == "next" and after:
        return redirect(address_of(report, "section", after[0]))
    return redirect(address_of(report))


def _page(
    request: SignedInRequest,
    report: Report,
    name: str,
    sent: Sent = OPENED,
    more: str = "",
) -> HttpResponse:
    told = written(report)
    ready, language = readiness_of(told), get_language() or "ru"
    shown = Shown(language, ready, sent.kept, sent.theirs, more)
    remarks = remarks_said(list(told_remarks(report).filter(resolved_at=None)), told)
    names = list(SECTIONS)
    context = frame_of(request, report) | {
        "name": name,
        "steps": steps_of(told, ready),
        "form": form_of(told, name, shown),
        "told": told,
        "remarks": [one for one in remarks if section_of(one[0].path) == name],
        "has_next": name != names[-1],
        "versions": versions_of(told.fields, sent.seen),
        "refused": sent.said,
        "conflicts": len(shown.theirs),
    }
    if name == "money":
        lines = {one.line.id: one.line.what or _("The whole sum") for one in told.compared.lines}
        context |= payments_shown(told, lines, request.GET) | {"balance": money_of(report.grant)}
    return render(request, "grants/reports/section.html", context, status=sent.status)
