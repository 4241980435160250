"""A report is checked: one page with everything, verdicts, remarks, return or acceptance."""

from functools import partial
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.ui.acting import is_done
from sinergia.engine.refusal import Refused
from sinergia.grants.actions import checking as actions
from sinergia.grants.forms.reports import AcceptForm, RemarkForm, ReturnForm, VerdictForm
from sinergia.grants.http import checked_report
from sinergia.grants.models import Report
from sinergia.grants.queries import reports as queries
from sinergia.grants.queries.handed_in import remarks_shown_to, shown_to
from sinergia.grants.queries.lost import lost_in
from sinergia.grants.queries.money import paid_after
from sinergia.grants.views.report_reading import shown_of
from sinergia.grants.views.reports import frame_of
from sinergia.grants.words import explain
from sinergia.grants.words.reports import (
    address_of,
    findings_of,
    names_in,
    place_said,
    remarks_said,
)
from sinergia.people.http import SignedInRequest, for_signed_in

LONGEST_NUMBER = 10  # signs of a version's
SETTLING = {"return": ReturnForm, "accept": AcceptForm, "reopen": ReturnForm}


@require_GET
@for_signed_in
def check(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Plan against fact with everything that may be said of it."""
    report = checked_report(request, key, row)
    told = shown_to(report, request.user)
    remarks = remarks_shown_to(queries.remarks_of(report), report, request.user)
    last = queries.versions_of(report).first()
    context = frame_of(request, report) | shown_of(told, request.GET) | _where(report)
    context |= {
        "remarks": remarks_said(remarks, told),
        "lost": findings_of(lost_in(told), told),
        "seen_version": last.version if last is not None else 0,
        "seen": f"?version={last.version}" if last is not None else "",
        "unchecked": sum(one.verdict == "" for one in told.payments),
    }
    return render(request, "grants/reports/check.html", context)


def _where(report: Report) -> dict[str, object]:
    """Whose turn it is, and whether it may be settled still."""
    stages = (report.stage, report.grant.stage)
    return {
        "is_checked": stages == ("submitted", "under_way"),
        "is_with_them": report.stage in queries.OPEN,
        "may_reopen": stages == ("accepted", "under_way"),
    }


@require_http_methods(["GET", "POST"])
@for_signed_in
def verdict(request: SignedInRequest, key: UUID, row: UUID, payment: UUID) -> HttpResponse:
    """Say of a payment that it is accepted, doubted or not accepted."""
    report = checked_report(request, key, row)
    found = queries.payment_keyed(report, payment)
    if found is None:
        raise Http404
    form = VerdictForm(request.POST or None, initial={"verdict": found.verdict or "taken"})
    say = partial(actions.give_verdict, report, found, actor=request.user, now=timezone.now())
    if is_done(form, lambda: say(form.cleaned_data["verdict"], form.cleaned_data["text"]), explain):
        return redirect(f"{address_of(report, 'check')}?at={payment}#b-spendings-{payment}")
    place = place_said(f"spendings/{payment}", names_in(queries.written(report)))
    return _form_page(request, report, form, (place, _("Save")), payment=found)


@require_http_methods(["GET", "POST"])
@for_signed_in
def remark(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Say something against the place that the address names, or against the whole."""
    report, at = checked_report(request, key, row), request.GET.get("at", "")
    if not actions.is_place(report, at):
        raise Http404
    form = RemarkForm(request.POST or None)
    say = partial(actions.add_remark, report, at, actor=request.user, now=timezone.now())
    if is_done(form, lambda: say(form.cleaned_data["text"]), explain):
        messages.success(request, _("The remark is written. It is told when the report goes back."))
        return redirect(f"{address_of(report, 'check')}#b-{at.replace('/', '-')}")
    place = place_said(at, names_in(queries.written(report))) or _("The whole report")
    return _form_page(request, report, form, (place, _("Write the remark")))


@require_POST
@for_signed_in
def drop(request: SignedInRequest, key: UUID, row: UUID, remark: UUID) -> HttpResponse:
    """Take a remark back, or settle one that was answered."""
    report = checked_report(request, key, row)
    found = queries.remarks_of(report).select_related("report__grant").filter(key=remark).first()
    if found is None:
        raise Http404
    try:
        actions.drop_remark(found, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0]))
    return redirect(f"{address_of(report, 'check')}#remarks")


@require_http_methods(["GET", "POST"])
@for_signed_in
def settle(request: SignedInRequest, key: UUID, row: UUID, act: str) -> HttpResponse:
    """Give a report back, accept it, or open it again; the second one learns what became of it."""
    report = checked_report(request, key, row)
    if act not in SETTLING:
        raise Http404
    form = SETTLING[act](request.POST or None, initial={"version": _seen(request, report)})
    if is_done(form, lambda: _settle(request, report, form, act), explain):
        is_accepted = act == "accept"
        words = _("The report is accepted.") if is_accepted else _("The report is given back.")
        messages.success(request, words)
        return redirect(address_of(report, "check"))
    return _form_page(request, report, form, _settling_said(act), **_warnings(report, act))


def _warnings(report: Report, act: str) -> dict[str, object]:
    """What is to be known before a report is settled."""
    if act == "accept":
        unchecked = sum(one.verdict == "" for one in queries.payments_of(report))
        return {"unchecked": unchecked}
    return {"paid_since": paid_after(report)} if act == "reopen" else {}


def _seen(request: SignedInRequest, report: Report) -> int:
    """The version that was read, as the page of the check names it; else the last."""
    said, last = request.GET.get("version", ""), queries.versions_of(report).first()
    if said.isascii() and said.isdecimal() and len(said) < LONGEST_NUMBER:
        return int(said)
    return last.version if last is not None else 0


def _settling_said(act: str) -> tuple[str, str]:
    """The title and the button of what settles a report."""
    if act == "return":
        return _("Give the report back"), _("Give back")
    if act == "reopen":
        return _("Open the accepted report again"), _("Open again")
    return _("Accept the report"), _("Accept")


def _settle(request: SignedInRequest, report: Report, form: forms.Form, act: str) -> None:
    typed, now = form.cleaned_data, timezone.now()
    version: int = typed["version"]
    if act == "accept":
        actions.accept_report(report, typed["words"], version=version, actor=request.user, now=now)
        return
    if act == "reopen":
        actions.reopen_report(report, typed["words"], typed["due_on"], actor=request.user, now=now)
        return
    actions.return_report(
        report, typed["words"], typed["due_on"], version=version, actor=request.user, now=now
    )


def _form_page(
    request: SignedInRequest,
    report: Report,
    form: forms.Form,
    said: tuple[str, str],
    **more: object,
) -> HttpResponse:
    heading, button = said
    context = frame_of(request, report) | {"form": form, "heading": heading, "button": button}
    status = 422 if form.is_bound else 200
    return render(request, "grants/reports/form.html", context | more, status=status)
