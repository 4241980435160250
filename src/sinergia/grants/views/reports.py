"""Reports of a grant for its organisation: their list, one report, how it is handed in."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from types import MappingProxyType
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinergia.base.ui.acting import is_done
from sinergia.engine.refusal import Refused
from sinergia.grants.access import may_decide, may_hand_in, may_keep
from sinergia.grants.actions.checking import answer_remark
from sinergia.grants.actions.reporting import begin_report
from sinergia.grants.actions.submitting import give_to_sign, submit_report
from sinergia.grants.forms.reports import AnswerForm
from sinergia.grants.http import kept_grant, kept_report, seen_grant, seen_report
from sinergia.grants.models import Grant, Period, Report
from sinergia.grants.queries import reports as queries
from sinergia.grants.queries.grants import periods_of, today_of
from sinergia.grants.queries.handed_in import remarks_shown_to, shown_to
from sinergia.grants.queries.lost import lost_in
from sinergia.grants.words import explain
from sinergia.grants.words.grant import KINDS as GRANT_KINDS
from sinergia.grants.words.reports import (
    address_of,
    findings_of,
    kind_of,
    remarks_said,
    steps_of,
    title_of,
)
from sinergia.grants.words.tabs import crumbs_of, tabs_of
from sinergia.organisations.http import acting_centre
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.people.queries.naming import names_of

FINAL = "final"


@require_GET
@for_signed_in
def reports(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Every report of a grant: begun, to be begun, handed in."""
    found = seen_grant(request, key)
    today, begun = today_of(found), list(queries.reports_of(found))
    context = {
        "grant": found,
        "kind": GRANT_KINDS[Grant.Stage(found.stage)],
        "tabs": tabs_of(found, "reports"),
        "crumbs": crumbs_of(found, acting_centre(request)),
        "rows": _rows(found, begun, today=today),
        "final": next((_row(one, today) for one in begun if one.period_id is None), None),
        "final_due": queries.final_due(found),
        "may_keep": may_keep(request.user, found) and found.stage == Grant.Stage.UNDER_WAY,
        "today": today,
    }
    return render(request, "grants/reports/reports.html", context)


@require_POST
@for_signed_in
def begin(request: SignedInRequest, key: UUID, which: str) -> HttpResponse:
    """Begin a report, or go to the one that is there."""
    found = kept_grant(request, key)
    period = _period(found, which)
    try:
        made = begin_report(found, period, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0]))
        return redirect("reports:reports", key)
    return redirect(address_of(made))


@require_GET
@for_signed_in
def report(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """One report: how far it has come, what hinders, remarks, what was handed in."""
    return _page(request, seen_report(request, key, row))


@require_POST
@for_signed_in
def submit(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Hand it in."""
    found = kept_report(request, key, row)
    try:
        made = submit_report(found, actor=request.user, now=timezone.now())
    except Refused as refusal:
        return _page(request, found, refused=refusal, status=422)
    words = _("The report is handed in: version %(number)s. It is being checked now.")
    messages.success(request, words % {"number": made.version})
    return redirect(address_of(found))


@require_POST
@for_signed_in
def to_sign(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Say that it is written: whoever leads the organisation hands it in."""
    found = kept_report(request, key, row)
    try:
        give_to_sign(found, actor=request.user, now=timezone.now())
    except Refused as refusal:
        return _page(request, found, refused=refusal, status=422)
    messages.success(request, _("Whoever leads the organisation is told: they hand it in."))
    return redirect(address_of(found))


@require_POST
@for_signed_in
def answer(request: SignedInRequest, key: UUID, row: UUID, remark: UUID) -> HttpResponse:
    """Say what became of a remark."""
    found, form = kept_report(request, key, row), _answer_form(remark, request.POST)
    asked = queries.told_remarks(found).select_related("report__grant").filter(key=remark).first()
    if asked is None:
        raise Http404
    act = partial(answer_remark, asked, actor=request.user, now=timezone.now())
    if not is_done(form, lambda: act(form.cleaned_data["answer"]), explain):
        return _page(request, found, answered={remark: form}, status=422)
    return redirect(f"{address_of(found)}#remark-{remark}")


def frame_of(request: SignedInRequest, found: Report) -> dict[str, object]:
    """What stands on every page of a report."""
    grant = found.grant
    return {
        "grant": grant,
        "report": found,
        "title": title_of(found),
        "kind": kind_of(found, today=today_of(grant)),
        "crumbs": [
            *crumbs_of(grant, acting_centre(request), is_below=True),
            (_("Reports"), address_of(found).rsplit("/", 2)[0] + "/"),
        ],
        "is_open": queries.is_open(found),
    }


def _page(
    request: SignedInRequest,
    found: Report,
    *,
    refused: Refused | None = None,
    answered: Mapping[UUID, AnswerForm] = MappingProxyType({}),
    status: int = 200,
) -> HttpResponse:
    """The page of a report. answered: what was typed of a remark and could not be kept."""
    told = shown_to(found, request.user)
    ready, keeps = queries.readiness_of(told), may_keep(request.user, found.grant)
    versions, is_open = list(queries.versions_of(found)), queries.is_open(found)
    gaps = [*ready.blocking, *lost_in(told)] if refused is None else refused.gaps
    remarks = remarks_shown_to(queries.told_remarks(found), found, request.user)
    people = [one.by for one in versions]
    people += [found.settled_by] if found.settled_by is not None else []
    context = frame_of(request, found) | {
        "told": told,
        "steps": steps_of(told, ready),
        "blocking": findings_of(gaps, told) if is_open or refused else [],
        "advice": findings_of(ready.advice, told) if is_open else [],
        "refused": refused is not None,
        "remarks": [
            (*said, answered.get(said[0].key) or _answer_form(said[0].key, answer=said[0].answer))
            for said in remarks_said(remarks, told)
        ],
        "unkept": next(iter(answered.values()), None),
        "versions": versions,
        "names": names_of(people),
        "may_keep": keeps and is_open,
        "may_hand_in": is_open and may_hand_in(request.user, found.grant),
        "may_check": found.submitted_at is not None and may_decide(request.user, found.grant),
    }
    return render(request, "grants/reports/report.html", context, status=status)


def _answer_form(remark: UUID, typed: QueryDict | None = None, answer: str = "") -> AnswerForm:
    """The form of an answer, one of several on its page."""
    return AnswerForm(typed, initial={"answer": answer}, auto_id=f"%s-{remark}")


def _rows(found: Grant, begun: list[Report], *, today: date) -> list[dict[str, object]]:
    """Periods with their reports."""
    by_period = {one.period_id: one for one in begun}
    told: list[dict[str, object]] = []
    for period in periods_of(found):
        row = by_period.get(period.pk)
        told.append({"period": period, "report": row and _row(row, today)})
    return told


def _row(row: Report, today: date) -> dict[str, object]:
    kind = kind_of(row, today=today)
    return {"row": row, "title": title_of(row), "kind": kind}


def _period(found: Grant, which: str) -> Period | None:
    if which == FINAL:
        return None
    number = int(which) if which.isascii() and which.isdecimal() and len(which) < 4 else 0
    period = found.periods.filter(number=number).first()
    if period is None:
        raise Http404
    return period
