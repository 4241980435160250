"""Heads, ways to reach, accounts, papers: rows of an organisation, written, mended, removed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sinergia.base.files.http import receive
from sinergia.organisations.access import acts_for
from sinergia.organisations.actions import papers, telling
from sinergia.organisations.forms.inside import AccountForm, HeadForm, PaperForm, ReachForm
from sinergia.organisations.models import BankAccount, Head, Organisation, Paper, Reach
from sinergia.organisations.queries import inside as queries
from sinergia.organisations.views.inside.page import organisation_of
from sinergia.organisations.views.saving import is_saved
from sinergia.people.http import SignedInRequest, for_signed_in

Row = Head | Reach | BankAccount | Paper


@dataclass(frozen=True)
class Kind:
    """A kind of rows: how they are read, typed, written and removed."""

    title: Promise
    rows: Callable[[Organisation], QuerySet[Row]]
    form: type[forms.Form]
    write: Callable[..., Row]
    argument: str  # by which `write` takes the row that is mended
    remove: Callable[..., None] = telling.remove_row


KINDS = {
    "heads": Kind(
        gettext_lazy("Head of the organisation"),
        queries.heads_of,
        HeadForm,
        telling.write_head,
        "head",
    ),
    "reach": Kind(
        gettext_lazy("How to reach"), queries.ways_of, ReachForm, telling.write_reach, "reach"
    ),
    "accounts": Kind(
        gettext_lazy("Bank account"),
        queries.accounts_of,
        AccountForm,
        telling.write_account,
        "account",
    ),
    "papers": Kind(
        gettext_lazy("Paper of the organisation"),
        queries.papers_of,
        PaperForm,
        papers.write_paper,
        "paper",
        papers.remove_paper,
    ),
}


@require_http_methods(["GET", "POST"])
@for_signed_in
def new(request: SignedInRequest, key: UUID, kind: str) -> HttpResponse:
    """Write one more."""
    of, organisation = _kind(kind), organisation_of(request, key)
    return _written(request, organisation, of, kind)


@require_http_methods(["GET", "POST"])
@for_signed_in
def change(request: SignedInRequest, key: UUID, kind: str, row: UUID) -> HttpResponse:
    """Mend one."""
    of, organisation = _kind(kind), organisation_of(request, key)
    found = get_object_or_404(of.rows(organisation), key=row)
    return _written(request, organisation, of, kind, found)


@require_http_methods(["GET", "POST"])
@for_signed_in
def remove(request: SignedInRequest, key: UUID, kind: str, row: UUID) -> HttpResponse:
    """Ask once more, then take one away."""
    of, organisation = _kind(kind), organisation_of(request, key)
    found = get_object_or_404(of.rows(organisation), key=row)
    if request.method == "GET":
        context = {"organisation": organisation, "row": found, "kind": kind, "title": of.title}
        return render(request, "register/inside/remove.html", context)
    of.remove(found, actor=request.user, now=timezone.now())
    messages.success(request, _("Removed."))
    return redirect("register:inside", key)


def _kind(named: str) -> Kind:
    if named not in KINDS:
        raise Http404
    return KINDS[named]


def _written(
    request: SignedInRequest,
    organisation: Organisation,
    of: Kind,
    kind: str,
    row: Row | None = None,
) -> HttpResponse:
    initial = {name: getattr(row, name) for name in of.form.base_fields} if row else {}
    is_own, now = acts_for(request.user, organisation), timezone.now()
    files = receive(request, of.form, now=now)
    form = of.form(request.POST or None, files, is_own=is_own, initial=initial)  # type: ignore[call-arg]  # each kind's form takes it
    save = partial(of.write, organisation, actor=request.user, now=now, **{of.argument: row})
    if form.is_valid() and is_saved(form, save):  # type: ignore[arg-type]  # each gives its fields
        messages.success(request, _("Saved."))
        return redirect("register:inside", organisation.key)
    context = {"organisation": organisation, "form": form, "title": of.title} | {
        "kind": kind,
        "row": row,
    }
    status = 422 if form.is_bound else 200
    return render(request, "register/inside/form.html", context, status=status)
