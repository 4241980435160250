"""Payments of a report: entered, mended, taken out, loaded from a table; their documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.files.http import receive, receive_many
from sinergia.base.files.models import DOCUMENT, Upload
from sinergia.base.tables.sent import table_response
from sinergia.base.ui.acting import is_done, tell_gaps
from sinergia.engine.granting.spending import Payment
from sinergia.engine.refusal import Gap, Refused
from sinergia.grants.actions import spending as actions
from sinergia.grants.actions.spending import BAD, NEW, Judged
from sinergia.grants.forms.reports import (
    DocumentsForm,
    PaymentsFileForm,
    SpendingForm,
    initial_of,
)
from sinergia.grants.http import kept_report, seen_report
from sinergia.grants.models import Report, Spending
from sinergia.grants.papers.report_lists import template_head, template_lines
from sinergia.grants.queries import reports as queries
from sinergia.grants.queries.handed_in import payments_shown_to, shown_to
from sinergia.grants.queries.spending import frame_of
from sinergia.grants.reading.spendings import Filed, read_payments
from sinergia.grants.views.report_files import given_out
from sinergia.grants.views.reports import frame_of as page_frame
from sinergia.grants.words import explain
from sinergia.grants.words.money import entered_said, put_said
from sinergia.grants.words.reports import address_of
from sinergia.people.http import SignedInRequest, for_signed_in

KINDS = {"new": "ok", "known": "neutral", "bad": "bad"}


@dataclass(frozen=True)
class ShownRow:
    """A row of a file, what becomes of it, and why."""

    filed: Filed
    kind: str
    said: Sequence[str]


@require_http_methods(["GET", "POST"])
@for_signed_in
def new(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Enter a payment by its document."""
    report, now = _written(request, key, row), timezone.now()
    lines = queries.written(report).compared.lines
    initial = {"line": request.GET.get("line", ""), "document": _("Payment order")}
    given = receive(request, SpendingForm, now=now)
    form = SpendingForm(lines, report.grant.currency, request.POST or None, given, initial=initial)
    enter = partial(actions.enter_spending, report, actor=request.user, now=now)
    if is_done(form, lambda: enter(form.payment(), form.cleaned_data["file"]), explain):
        messages.success(request, _("The payment is entered."))
        again = address_of(report, "new_payment") if "again" in request.POST else ""
        return redirect(again or f"{address_of(report, 'section', 'money')}#b-payments")
    return _form_page(request, report, form, _("A payment by its document"))


@require_http_methods(["GET", "POST"])
@for_signed_in
def change(request: SignedInRequest, key: UUID, row: UUID, payment: UUID) -> HttpResponse:
    """Mend a payment."""
    report, now = _written(request, key, row), timezone.now()
    found = _payment(report, payment)
    lines, currency = queries.written(report).compared.lines, report.grant.currency
    given = receive(request, SpendingForm, now=now)
    initial = initial_of(found, currency)
    form = SpendingForm(lines, currency, request.POST or None, given, initial=initial)
    mend = partial(actions.change_spending, found, actor=request.user, now=now)
    if is_done(form, lambda: mend(form.payment(), form.cleaned_data["file"]), explain):
        messages.success(request, _("Saved."))
        here = address_of(report, "section", "money")
        return redirect(f"{here}?at={payment}#b-spendings-{payment}")
    return _form_page(request, report, form, _("Mend the payment"), payment=found)


@require_http_methods(["GET", "POST"])
@for_signed_in
def remove(request: SignedInRequest, key: UUID, row: UUID, payment: UUID) -> HttpResponse:
    """Take a payment out with its document, after asking once more."""
    report = _written(request, key, row)
    found = _payment(report, payment)
    if request.method == "GET":
        context = page_frame(request, report) | {"payment": found}
        return render(request, "grants/reports/remove_payment.html", context)
    try:
        actions.remove_spending(found, actor=request.user, now=timezone.now())
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    else:
        messages.success(request, _("The payment is taken out: it counts no more."))
    return redirect(f"{address_of(report, 'section', 'money')}#b-payments")


@require_GET
@for_signed_in
def document(request: SignedInRequest, key: UUID, row: UUID, payment: UUID) -> HttpResponseBase:
    """The document of a payment, for who sees the report."""
    report = seen_report(request, key, row)
    rows = payments_shown_to(report, request.user)
    found = next((one for one in rows if one.key == payment), None)
    if found is None or found.file is None:
        raise Http404
    return given_out(request, report, found.file)


@require_http_methods(["GET", "POST"])
@for_signed_in
def documents(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Put many documents to their payments by the numbers in their names."""
    report, now = _written(request, key, row), timezone.now()
    form, left = DocumentsForm(request.POST or None, request.FILES or None), list[str]()
    if is_done(form, lambda: left.extend(_put(request, report, now)), explain) and not left:
        messages.success(request, _("Every document is at its payment."))
        return redirect(f"{address_of(report, 'section', 'money')}#b-payments")
    context = page_frame(request, report) | {"form": form, "left": left}
    status = 422 if form.is_bound and (form.errors or left) else 200
    return render(request, "grants/reports/documents.html", context, status=status)


@require_GET
@for_signed_in
def template(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """The table to be filled in: a row for each line of the budget."""
    told = shown_to(seen_report(request, key, row), request.user)
    return table_response(
        "payments.xlsx", template_head(), template_lines(told), sheet=_("Payments")
    )


@require_http_methods(["GET", "POST"])
@for_signed_in
def load(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Read a table: first what each row means, then what is new of it is entered."""
    report, now = _written(request, key, row), timezone.now()
    does_enter = request.POST.get("act") == "enter"
    form = PaymentsFileForm(request.POST or None, receive(request, PaymentsFileForm, now=now))
    rows: list[ShownRow] = []
    made: list[Spending] = []
    act = partial(_read, request, report, form, rows, made, now=now, does_enter=does_enter)
    if is_done(form, act, explain) and does_enter:
        messages.success(request, entered_said(len(made)))
        return redirect(f"{address_of(report, 'section', 'money')}#b-payments")
    context = page_frame(request, report) | {"form": form, "rows": rows}
    context |= {name: sum(one.kind == KINDS[name] for one in rows) for name in (NEW, BAD)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "grants/reports/load.html", context, status=status)


def _read(
    request: SignedInRequest,
    report: Report,
    form: PaymentsFileForm,
    rows: list[ShownRow],
    made: list[Spending],
    *,
    now: datetime,
    does_enter: bool,
) -> None:
    """Read the table into `rows`, and enter what is new into `made` where that was pressed."""
    filed = _filed(report, form.cleaned_data["file"])
    rows.extend(_shown(report, filed))
    if does_enter:
        paid = [one.payment for one in filed if one.payment is not None]
        made.extend(actions.enter_many(report, paid, actor=request.user, now=now))


def _put(request: SignedInRequest, report: Report, now: datetime) -> list[str]:
    """Put what came to its payments; say of each file that found none why."""
    came = receive_many(request, "documents", DOCUMENT, now=now)
    kept = [one.upload for _name, one in came if one.upload is not None and not one.said]
    left = actions.put_documents(report, kept, actor=request.user, now=now)
    words = _("no payment without a document has this number, or several have")
    told = [f"{name}: {one.said}" for name, one in came if one.said]
    told += [f"{one.name}: {words}" for one in left]
    if told and (count := len(kept) - len(left)):
        messages.success(request, put_said(count))
    return told


def _written(request: SignedInRequest, key: UUID, row: UUID) -> Report:
    """A report that is still written in; of one that was handed in there is nothing to enter."""
    found = kept_report(request, key, row)
    if not queries.is_open(found):
        raise Http404
    return found


def _payment(report: Report, key: UUID) -> Spending:
    found = queries.payment_keyed(report, key)
    if found is None:
        raise Http404
    return found


def _form_page(
    request: SignedInRequest,
    report: Report,
    form: SpendingForm,
    heading: str,
    payment: Spending | None = None,
) -> HttpResponse:
    context = page_frame(request, report) | {"form": form, "heading": heading, "payment": payment}
    status = 422 if form.is_bound else 200
    return render(request, "grants/reports/payment.html", context, status=status)


def _filed(report: Report, upload: Upload) -> list[Filed]:
    if upload.file is None:
        raise Refused([Gap("statement.unreadable", "file")])
    lines = queries.written(report).compared.lines
    return read_payments(upload.file, lines, currency=report.grant.currency)


def _shown(report: Report, filed: Sequence[Filed]) -> list[ShownRow]:
    """Rows in their order with what becomes of each."""
    payments: list[Payment] = [one.payment for one in filed if one.payment is not None]
    told = iter(actions.judged(payments, frame_of(report)))
    return [
        ShownRow(one, KINDS[BAD], [explain(gap) for gap in one.gaps])
        if one.payment is None
        else _judged_row(one, next(told))
        for one in filed
    ]


def _judged_row(filed: Filed, judged: Judged) -> ShownRow:
    words = {NEW: [_("will be entered")], "known": [_("is entered already")]}
    said = words.get(judged.state) or [explain(gap) for gap in judged.gaps]
    return ShownRow(filed, KINDS[judged.state], said)
