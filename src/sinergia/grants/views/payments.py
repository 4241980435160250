"""What may be paid now: a list, its registry, and a bank statement read back into payments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.files.http import receive
from sinergia.base.files.models import Upload
from sinergia.base.tables.paging import Order, ordered, page_of
from sinergia.base.tables.sent import table_response
from sinergia.base.ui.acting import is_done
from sinergia.engine.refusal import Gap, Refused
from sinergia.grants.access import run_at
from sinergia.grants.actions import money
from sinergia.grants.actions.money import Sent
from sinergia.grants.forms.money import GrantsForm, StatementForm
from sinergia.grants.models import Grant, Period
from sinergia.grants.papers import lists as papers
from sinergia.grants.queries import grants as queries
from sinergia.grants.queries import listing
from sinergia.grants.queries import money as figures
from sinergia.grants.queries.listing import GrantFilter
from sinergia.grants.queries.matching import NEW, Matched, currencies_of, matched
from sinergia.grants.reading.statement import read_statement
from sinergia.grants.words import explain
from sinergia.grants.words.money import entered_said
from sinergia.grants.words.statement import statement_said
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.organisations.models import BankAccount
from sinergia.packs.rules.grants import Grants

ORDER = Order("grant__organisation__name_folded")


@require_GET
@for_staff
def payments(request: StaffRequest) -> HttpResponse:
    """Tranches that may be paid now, as the address asks."""
    asked = GrantFilter.from_query(request.GET.dict())
    rows = _asked(request, asked)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(rows, order=ORDER, after=after, before=before)
    context = {
        "page": page,
        "rows": _shown(page.rows),
        "asked": asked,
        "form": GrantsForm(asked, listing.choices_of(queries.grants_of(request.centre))),
        "query": asked.to_query(),
        "sums": figures.sums_of(rows),
    }
    return render(request, "grants/payments.html", context)


@require_GET
@for_staff
def registry(request: StaffRequest) -> HttpResponse:
    """Exactly those tranches as a registry for the bank; filled in, it is read back."""
    rows = ordered(_asked(request, GrantFilter.from_query(request.GET.dict())), ORDER)
    owners = list(rows.values_list("grant__organisation", flat=True))
    lines = papers.registry_lines(
        rows.iterator(chunk_size=500), figures.accounts_by(owners), figures.inns_by(owners)
    )
    return table_response(
        "payments.xlsx", papers.registry_head(), lines, sheet=_("Registry of payments")
    )


@require_http_methods(["GET", "POST"])
@for_staff
def statement(request: StaffRequest) -> HttpResponse:
    """Read a statement: first what each row means, then all of it is entered."""
    now, does_enter = timezone.now(), request.POST.get("act") == "enter"
    form = StatementForm(request.POST or None, receive(request, StatementForm, now=now))
    rows: list[Matched] = []
    act = partial(_read, request, form, rows, now=now, does_enter=does_enter)
    if is_done(form, act, explain) and does_enter:
        messages.success(request, entered_said(len(_new(rows))))
        return redirect("grants:payments")
    new = sum(one.state == NEW for one in rows)
    context = {"form": form, "rows": statement_said(rows), "new": new}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "grants/statement.html", context, status=status)


def _read(
    request: StaffRequest,
    form: StatementForm,
    rows: list[Matched],
    *,
    now: datetime,
    does_enter: bool,
) -> None:
    """Read the file into `rows`, and enter what is new where that was pressed."""
    rows.extend(_matched(request, form.cleaned_data["file"]))
    if does_enter:
        money.enter_transfers(_new(rows), actor=request.user, now=now)


@dataclass(frozen=True)
class ShownTranche:
    """A tranche with whom it goes to. by: the day that the rules name for it, if they do."""

    period: Period
    left_minor: int
    account: BankAccount | None
    inn: str
    by: date | None
    is_late: bool


def _shown(rows: Sequence[Period]) -> list[ShownTranche]:
    """Tranches with what is left of them, the account and the INN of whom they go to."""
    owners = [one.grant.organisation_id for one in rows]
    accounts, inns = figures.accounts_by(owners), figures.inns_by(owners)
    rules = queries.grants_rules_by({_contest_of(one) for one in rows})
    told, today = [], timezone.localdate()
    for one, owner in zip(rows, owners, strict=True):
        by = figures.pay_by(one, rules.get(_contest_of(one), Grants()))
        left: int = one.left  # type: ignore[attr-defined]  # of the query
        is_late = by is not None and by < today
        told.append(ShownTranche(one, left, accounts.get(owner), inns.get(owner, ""), by, is_late))
    return told


def _contest_of(one: Period) -> int:
    """The contest of a tranche; nought of a grant won elsewhere."""
    contest = queries.contest_of(one.grant)
    return contest.pk if contest is not None else 0


def _asked(request: StaffRequest, asked: GrantFilter) -> QuerySet[Period]:
    """Tranches of the grants that are asked for."""
    mine, today = run_at(request.user, request.centre), timezone.localdate()
    grants = listing.asked_of(queries.grants_of(request.centre), asked, mine=mine, today=today)
    rows = figures.payable(request.centre, request.user)
    return rows.filter(grant__in=grants.order_by().values("pk")) if asked.values else rows


def _matched(request: StaffRequest, upload: Upload) -> list[Matched]:
    if upload.file is None:
        raise Refused([Gap("statement.unreadable", "file")])
    currencies = currencies_of(request.centre, request.user)
    return matched(read_statement(upload.file, currencies), request.centre, request.user)


def _new(rows: list[Matched]) -> list[tuple[Grant, Sent]]:
    """What is entered. Raises Refused where there is nothing."""
    told = [
        (one.grant, _sent(one, one.grant, one.row.on))
        for one in rows
        if one.state == NEW and one.grant is not None and one.row.on is not None
    ]
    if not told:
        raise Refused([Gap("statement.nothing", "file")])
    return told


def _sent(one: Matched, grant: Grant, on: date) -> Sent:
    """A row as the order it is."""
    row = one.row
    return Sent("paid", row.number, on, row.sum_minor, grant.currency, one.period)
