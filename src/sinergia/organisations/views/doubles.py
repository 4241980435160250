"""Pages on which one organisation entered twice becomes one, and two again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.tables.paging import Order, count_up_to, page_of
from sinergia.engine.refusal import Refused
from sinergia.organisations import access
from sinergia.organisations.actions import doubles as actions
from sinergia.organisations.actions.merging import merge_organisations, undo_merge
from sinergia.organisations.actions.splitting import split_organisation
from sinergia.organisations.forms.splitting import SplitForm
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.doubles import merges_for, pairs_for, settled_for, told_of
from sinergia.organisations.queries.merging import deeds_of, plan_of, rows_to_part
from sinergia.organisations.queries.roles import served
from sinergia.organisations.words import explain
from sinergia.organisations.words.merging import (
    deeds_shown,
    parts_shown,
    portions_shown,
    reasons_said,
    sides_shown,
)


@require_GET
@for_staff
def pairs(request: StaffRequest) -> HttpResponse:
    """Organisations that may be one, the likest first."""
    waiting = pairs_for(request.centre)
    page = page_of(
        waiting,
        order=Order("likeness", is_descending=True),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "page": page,
        "total": count_up_to(waiting),
        "rows": [(pair, reasons_said(pair.reasons)) for pair in page.rows],
        "settled": settled_for(request.centre)[:10],
    }
    return render(request, "register/doubles/list.html", context)


@require_GET
@for_staff
def compare(request: StaffRequest, one: UUID, other: UUID) -> HttpResponse:
    """Two organisations side by side, and what would become of every row of the second."""
    return _compared(request, one, other)


@require_POST
@for_staff
def merge(request: StaffRequest, one: UUID, other: UUID) -> HttpResponse:
    """Make the second a part of the first."""
    _theirs(request, one, other)
    try:
        done = merge_organisations(one, other, actor=request.user, now=timezone.now())
    except Refused as refusal:
        gaps = [
            ("", explain(gap.code, named=explain(f"table_{gap.path}"), **gap.values))
            for gap in refusal.gaps
        ]
        return _compared(request, one, other, gaps=gaps, status=422)
    messages.success(request, _("The two are one now. It can be taken back below."))
    return redirect("register:merge_done", done.key)


@require_GET
@for_staff
def merge_done(request: StaffRequest, key: UUID) -> HttpResponse:
    """What a merge did, row by row, and the way back."""
    done = get_object_or_404(merges_for(request.centre), key=key)
    context = {"merge": done, "gone": told_of(done), "deeds": deeds_shown(deeds_of(done))}
    return render(request, "register/doubles/merge.html", context)


@require_POST
@for_staff
def undo(request: StaffRequest, key: UUID) -> HttpResponse:
    """Make two of one again."""
    found = get_object_or_404(merges_for(request.centre), key=key)
    try:
        done = undo_merge(found.key, actor=request.user, now=timezone.now())
    except Refused as refusal:
        for gap in refusal.gaps:
            messages.error(request, explain(gap.code, **gap.values))
        return redirect("register:merge_done", found.key)
    messages.success(request, _("They are two again, each with its rows."))
    return redirect("register:compare", done.kept.key, done.gone_key)


@require_GET
@for_staff
def merges(request: StaffRequest) -> HttpResponse:
    """What was merged, the last one first."""
    page = page_of(
        merges_for(request.centre),
        order=Order("at", is_descending=True),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    rows = [(merge, told_of(merge)) for merge in page.rows]
    return render(request, "register/doubles/merges.html", {"page": page, "rows": rows})


@require_POST
@for_staff
def tell_apart(request: StaffRequest, key: UUID) -> HttpResponse:
    """Say that the two are two."""
    pair = get_object_or_404(pairs_for(request.centre), key=key)
    actions.tell_apart(pair.key, actor=request.user, now=timezone.now())
    messages.success(request, _("Noted: they are two. It is not asked again."))
    return redirect("register:doubles")


@require_POST
@for_staff
def ask_again(request: StaffRequest, key: UUID) -> HttpResponse:
    """Take back that the two are two."""
    pair = get_object_or_404(settled_for(request.centre), key=key)
    actions.ask_again(pair.key, actor=request.user, now=timezone.now())
    messages.success(request, _("Taken back: the pair is among the suspected ones again."))
    return redirect("register:doubles")


@require_http_methods(["GET", "POST"])
@for_staff
def split(request: StaffRequest, key: UUID) -> HttpResponse:
    """Choose what of an organisation belongs to another one that is entered here."""
    (old,) = _theirs(request, key)
    form = SplitForm(parts_shown(rows_to_part(old)), request.POST or None)
    if form.is_valid():
        try:
            new = split_organisation(key, form.parting(), actor=request.user, now=timezone.now())
        except Refused as refusal:
            for gap in refusal.gaps:
                form.add_error(gap.path if gap.path in form.fields else None, explain(gap.code))
        else:
            messages.success(request, _("Now there are two. Merging them takes it back."))
            return redirect("organisations:detail", new.key)
    status = 422 if form.is_bound else 200
    return render(request, "register/doubles/split.html", {"old": old, "form": form}, status=status)


def _theirs(request: StaffRequest, *keys: UUID) -> list[Organisation]:
    """The organisations named, each served by the centre; a pair across a border is for two."""
    found = served(request.centre).select_related("region", "municipality", "legal_form")
    rows = {row.key: row for row in found.filter(key__in=keys)}
    if len(rows) < len(keys):
        raise Http404
    return [rows[key] for key in keys]


def _compared(
    request: StaffRequest,
    one: UUID,
    other: UUID,
    *,
    gaps: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    kept, gone = _theirs(request, one, other)
    plan = plan_of(kept, gone)
    context = {
        "kept": kept,
        "gone": gone,
        "sides": sides_shown(kept, gone, plan.filled),
        "portions": portions_shown(plan),
        "clashes": plan.clashes,
        "gaps": gaps or [],
        "may_merge": access.may_merge(request.user, kept),
    }
    return render(request, "register/doubles/compare.html", context, status=status)
