"""Pages on which one organisation entered twice becomes one, and two again."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.tables.paging import Order, Page, Row, count_up_to, page_of
from sinergia.base.ui.parts import WAITING, waiting_tabs
from sinergia.base.ui.templatetags.figures import moment
from sinergia.engine.refusal import Refused
from sinergia.organisations.access import may_merge
from sinergia.organisations.actions import doubles as actions
from sinergia.organisations.actions.merging import merge_organisations, undo_merge
from sinergia.organisations.actions.splitting import split_organisation
from sinergia.organisations.forms.splitting import SplitForm
from sinergia.organisations.http import KeeperRequest, for_keepers, kept_organisation
from sinergia.organisations.models import Organisation, Pair
from sinergia.organisations.queries import doubles as queries
from sinergia.organisations.queries.doubles import told_of
from sinergia.organisations.queries.merging import deeds_of, plan_of, rows_to_part, two_of
from sinergia.organisations.queries.roles import regions_of
from sinergia.organisations.words import explain
from sinergia.organisations.words.merging import (
    deeds_shown,
    faces_shown,
    gaps_said,
    pairs_shown,
    parts_shown,
    portions_shown,
    sides_shown,
)


@require_GET
@for_keepers
def pairs(request: KeeperRequest) -> HttpResponse:
    """Organisations that may be one, the likest first."""
    centre, is_waiting = request.centre, request.GET.get("waiting") == "yes"
    ours = queries.pairs_to_settle(centre) if centre is not None else None
    waiting = ours if ours is not None and is_waiting else queries.pairs_for(centre)
    page = _page(request, waiting, Order("likeness", is_descending=True))
    settled = list(queries.settled_for(request.centre)[:10])
    regions = regions_of(request.centre) if request.centre is not None else None
    context = {
        "page": page,
        "total": count_up_to(waiting),
        "rows": pairs_shown(page.rows, regions),
        "settled": pairs_shown(settled, regions),
        "centre": request.centre,
    }
    return render(request, "register/doubles/list.html", context | _ways(ours, is_waiting))


@require_GET
@for_keepers
def compare(request: KeeperRequest, one: UUID, other: UUID) -> HttpResponse:
    """Two organisations side by side, and what would become of every row of the second."""
    return _compared(request, one, other)


@require_POST
@for_keepers
def merge(request: KeeperRequest, one: UUID, other: UUID) -> HttpResponse:
    """Make the second a part of the first."""
    found, now = _two(request, one, other), timezone.now()
    if found is None:
        return _merged_before(request, one, other)
    try:
        done = merge_organisations(one, other, actor=request.user, now=now)
    except Refused as refusal:
        return _compared(request, one, other, refusal=refusal)
    if (done.actor, done.at) != (request.user, now):
        return _merged_before(request, one, other)
    messages.success(request, _("The two are one now. It can be taken back below."))
    return redirect("register:merge_done", done.key)


@require_GET
@for_keepers
def merge_done(request: KeeperRequest, key: UUID) -> HttpResponse:
    """What a merge did, row by row, and the way back."""
    done = get_object_or_404(queries.merges_for(request.centre), key=key)
    context = {
        "merge": done,
        "gone": told_of(done),
        "deeds": deeds_shown(deeds_of(done)),
        "may_undo": may_merge(request.user, done.kept.region_id, done.gone_region_id),
    }
    return render(request, "register/doubles/merge.html", context)


@require_POST
@for_keepers
def undo(request: KeeperRequest, key: UUID) -> HttpResponse:
    """Make two of one again."""
    found = get_object_or_404(queries.merges_for(request.centre), key=key)
    try:
        done = undo_merge(found.key, actor=request.user, now=timezone.now())
    except Refused as refusal:
        for gap in refusal.gaps:
            messages.error(request, explain(gap.code, **gap.values))
        return redirect("register:merge_done", found.key)
    messages.success(request, _("They are two again, each with its rows."))
    return redirect("register:compare", done.kept.key, done.gone_key)


@require_GET
@for_keepers
def merges(request: KeeperRequest) -> HttpResponse:
    """What was merged, the last one first."""
    page = _page(request, queries.merges_for(request.centre), Order("at", is_descending=True))
    rows = [(merge, told_of(merge)) for merge in page.rows]
    return render(request, "register/doubles/merges.html", {"page": page, "rows": rows})


@require_POST
@for_keepers
def tell_apart(request: KeeperRequest, key: UUID) -> HttpResponse:
    """Say that the two are two."""
    pair = get_object_or_404(queries.all_pairs_for(request.centre), key=key)
    actions.tell_apart(pair.key, actor=request.user, now=timezone.now())
    messages.success(request, _("Noted: they are two. It is not asked again."))
    return redirect("register:doubles")


@require_POST
@for_keepers
def ask_again(request: KeeperRequest, key: UUID) -> HttpResponse:
    """Take back that the two are two."""
    pair = get_object_or_404(queries.all_pairs_for(request.centre), key=key)
    actions.ask_again(pair.key, actor=request.user, now=timezone.now())
    messages.success(request, _("Taken back: the pair is among the suspected ones again."))
    return redirect("register:doubles")


@require_POST
@for_keepers
def put_to_administrators(request: KeeperRequest, key: UUID) -> HttpResponse:
    """Ask those who may to settle a pair across a border."""
    pair = get_object_or_404(queries.all_pairs_for(request.centre), key=key)
    actions.ask_administrators(pair.key, actor=request.user, now=timezone.now())
    messages.success(request, _("Administrators and the other centre are told."))
    return redirect("register:compare", pair.first.key, pair.second.key)


@require_http_methods(["GET", "POST"])
@for_keepers
def split(request: KeeperRequest, key: UUID) -> HttpResponse:
    """Choose what of an organisation belongs to another one that is entered here."""
    old = kept_organisation(request, key)
    form = SplitForm(parts_shown(rows_to_part(old), centre=request.centre), request.POST or None)
    if form.is_valid():
        try:
            new = split_organisation(key, form.parting(), actor=request.user, now=timezone.now())
        except Refused as refusal:
            for gap, (_field, said) in zip(refusal.gaps, gaps_said(refusal.gaps), strict=True):
                form.add_error(gap.path if gap.path in form.fields else None, said)
        else:
            messages.success(request, _("Now there are two. Merging them takes it back."))
            return redirect("register:inside", new.key)
    status = 422 if form.is_bound else 200
    return render(request, "register/doubles/split.html", {"old": old, "form": form}, status=status)


def _merged_before(request: KeeperRequest, *keys: UUID) -> HttpResponse:
    """Lead to the merge by which one of the two went, where the reader sees it."""
    done = queries.merge_that_took(request.centre, *keys)
    if done is None:
        raise Http404
    told = {"who": done.actor.name, "at": moment(done.at)}
    messages.info(request, _("They are one already: %(who)s, %(at)s.") % told)
    return redirect("register:merge_done", done.key)


def _two(
    request: KeeperRequest, one: UUID, other: UUID
) -> tuple[Organisation, Organisation, bool] | None:
    """The two that are named, where both are there, and whether the reader may merge them.

    Else they are a suspected pair across a border, of which one side is the reader's.
    """
    found = two_of(one, other)
    if found is None:
        return None
    is_theirs = _are_theirs(request, *found)
    if not is_theirs and queries.pair_of(request.centre, one, other) is None:
        raise Http404
    return *found, is_theirs


def _are_theirs(request: KeeperRequest, *found: Organisation) -> bool:
    """Whether the centre serves all of them; for an administrator, whether no one centre does."""
    regions = {one.region_id for one in found}
    if request.centre is None:
        return may_merge(request.user, *regions)
    return regions <= set(regions_of(request.centre))


def _across(request: KeeperRequest, one: Organisation, other: Organisation) -> HttpResponse:
    """A pair of which one is another centre's: what everybody sees, and whom to ask."""
    pair = queries.pair_of(request.centre, one.key, other.key)
    context = {"pair": pair, "sides": faces_shown(one, other)}
    return render(request, "register/doubles/across.html", context)


def _compared(
    request: KeeperRequest, one: UUID, other: UUID, *, refusal: Refused | None = None
) -> HttpResponse:
    found = _two(request, one, other)
    if found is None:
        return _merged_before(request, one, other)
    kept, gone, is_theirs = found
    if not is_theirs:
        return _across(request, kept, gone)
    plan = plan_of(kept, gone)
    context = {
        "kept": kept,
        "gone": gone,
        "sides": sides_shown(plan),
        "portions": portions_shown(plan, centre=request.centre),
        "is_refused": bool(plan.clashes or plan.faults),
        "is_centre": request.centre is not None,
        "faults": [explain(fault.code) for fault in plan.faults],
        "pair": queries.pair_of(request.centre, one, other),
        "gaps": gaps_said(refusal.gaps) if refusal is not None else [],
    }
    status = 200 if refusal is None else 422
    return render(request, "register/doubles/compare.html", context, status=status)


def _ways(ours: QuerySet[Pair] | None, is_waiting: bool) -> dict[str, object]:  # noqa: FBT001
    """Of a centre: all that it sees, and those that it settles itself."""
    if ours is None:
        return {"query": ""}
    words = _("Yours to settle") + f" · {ours.count()}"
    tabs = waiting_tabs(reverse("register:doubles"), words, is_waiting=is_waiting)
    return {"tabs": tabs, "query": WAITING if is_waiting else ""}


def _page(request: KeeperRequest, rows: QuerySet[Row], order: Order) -> Page[Row]:
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    return page_of(rows, order=order, after=after, before=before)
