"""A section of a report: written whole by its button, or field by field as one types."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergia.base.drafts.actions import Saved, Way, parse_move
from sinergia.base.drafts.forms import PageForm, SaveForm, typed_in
from sinergia.base.drafts.http import CONFLICT, against, refused, versions_seen
from sinergia.base.drafts.words import clock
from sinergia.engine.drafts import Path
from sinergia.engine.granting.reporting import REPORT
from sinergia.engine.refusal import Refused
from sinergia.grants.actions.reporting import move_row, save_fields, take_out_row
from sinergia.grants.http import kept_report
from sinergia.grants.models import Report
from sinergia.grants.queries.money import money_of
from sinergia.grants.queries.reports import is_open, readiness_of, told_remarks, written
from sinergia.grants.views.reports import frame_of
from sinergia.grants.words import explain
from sinergia.grants.words.report_fields import SECTIONS
from sinergia.grants.words.report_form import Shown, form_of
from sinergia.grants.words.reports import (
    VERDICT_KINDS,
    address_of,
    names_in,
    remarks_said,
    section_of,
    steps_of,
)
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.people.words import theirs_of


@require_http_methods(["GET", "POST"])
@for_signed_in
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
    report, form = kept_report(request, key, row), SaveForm(REPORT, request.POST)
    if not form.is_valid():
        return refused([str(one) for one in form.errors.values()])
    try:
        (done,) = save_fields(report, [form.save()], actor=request.user, now=timezone.now())
    except Refused as refusal:
        return refused([explain(gap) for gap in refusal.gaps])
    if done.is_conflict:
        return against(done.text, theirs_of([done])[done.text.path])
    at = clock(timezone.now())
    return JsonResponse({"version": done.text.version, "text": done.text.value, "at": at})


@require_POST
@for_signed_in
def take_out(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Take out an event that the plan does not know."""
    report, now = kept_report(request, key, row), timezone.now()
    path = REPORT.parse(f"{request.POST.get('row', '')}/order")
    if path is None:
        raise Http404
    try:
        take_out_row(report, path.field, path.row, actor=request.user, now=now)
    except Refused as refusal:
        return refused([explain(gap) for gap in refusal.gaps])
    return JsonResponse({"at": clock(now)})


@require_POST
@for_signed_in
def move(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Put such an event one place up or down; answer by the order in which they stand then."""
    report, now = kept_report(request, key, row), timezone.now()
    asked = parse_move(REPORT, request.POST.get("move", ""))
    if asked is None:
        raise Http404
    try:
        rows = _move(request, report, asked, now)
    except Refused as refusal:
        return refused([explain(gap) for gap in refusal.gaps])
    return JsonResponse({"at": clock(now), "rows": rows})


def _move(
    request: SignedInRequest, report: Report, asked: tuple[Path, Way], now: datetime
) -> list[str]:
    path, way = asked
    return move_row(report, path.field, path.row, way, actor=request.user, now=now)


def _sent(request: SignedInRequest, report: Report, name: str) -> HttpResponse:
    """What becomes of a section that was sent whole."""
    typed = typed_in(REPORT, request.POST)
    try:
        done = _save(request, report, typed)
    except Refused as refusal:
        told = [explain(gap) for gap in refusal.gaps]
        return _page(request, report, name, typed=typed, told_why=told, status=422)
    theirs = theirs_of(done)
    if theirs:
        mine = {path: text for path, text in typed.items() if str(path) in theirs}
        return _page(request, report, name, typed=mine, done=done, status=CONFLICT)
    return _go_on(request, report, name)


def _save(request: SignedInRequest, report: Report, typed: Mapping[Path, str]) -> list[Saved]:
    """Save what came with the page, then take a row out or move it where that was pressed."""
    form, now = PageForm(request.POST), timezone.now()
    form.is_valid()
    done = save_fields(report, form.saves(dict(typed)), actor=request.user, now=now)
    path = REPORT.parse(f"{request.POST.get('remove', '')}/order")
    if any(one.is_conflict for one in done):
        return done
    if path is not None:
        take_out_row(report, path.field, path.row, actor=request.user, now=now)
    if asked := parse_move(REPORT, request.POST.get("move", "")):
        _move(request, report, asked, now)
    return done


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
    *,
    typed: Mapping[Path, str] | None = None,
    done: list[Saved] | None = None,
    told_why: list[str] | None = None,
    more: str = "",
    status: int = 200,
) -> HttpResponse:
    told = written(report)
    ready, language = readiness_of(told), get_language() or "ru"
    kept = {str(path): text for path, text in (typed or {}).items()}
    shown = Shown(language, ready, kept, theirs_of(done or []), more)
    versions = {path: one.version for path, one in told.fields.items()}
    remarks = remarks_said(list(told_remarks(report).filter(resolved_at=None)), told)
    names = list(SECTIONS)
    context = frame_of(request, report) | {
        "name": name,
        "steps": steps_of(told, ready),
        "form": form_of(told, name, shown),
        "told": told,
        "remarks": [one for one in remarks if section_of(one[0].path) == name],
        "has_next": name != names[-1],
        "versions": json.dumps(versions_seen(request.POST) if told_why else versions),
        "refused": told_why or [],
        "conflicts": len(shown.theirs),
    }
    if name == "money":
        lines = names_in(told)
        context |= {
            "payments": [
                (one, lines.get(f"lines/{one.line}", ""), VERDICT_KINDS[one.verdict])
                for one in told.payments
            ],
            "balance": money_of(report.grant),
        }
    return render(request, "grants/reports/section.html", context, status=status)
