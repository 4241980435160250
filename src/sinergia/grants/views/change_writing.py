"""A request for a change is written: a page by its button, or field by field as one types."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergia.base.drafts.actions import Saved, Way, parse_move
from sinergia.base.drafts.forms import PageForm, SaveForm, typed_in
from sinergia.base.drafts.http import CONFLICT, against, refused, versions_seen
from sinergia.base.drafts.words import clock
from sinergia.engine.drafts import Path
from sinergia.engine.granting.changes import PLAN, SECTIONS, changeable
from sinergia.engine.refusal import Refused
from sinergia.grants.actions import changes as actions
from sinergia.grants.http import kept_grant
from sinergia.grants.models import Change, Grant
from sinergia.grants.queries import changes as queries
from sinergia.grants.views.changes import change_at
from sinergia.grants.words import changes as words
from sinergia.grants.words.tabs import crumbs_of
from sinergia.organisations.http import acting_centre
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.people.words import theirs_of
from sinergia.projects.words.form import Shown


@require_http_methods(["GET", "POST"])
@for_signed_in
def section(request: SignedInRequest, key: UUID, row: UUID, name: str) -> HttpResponse:
    """Some fields of a request; without a script they are saved by their button, all at once."""
    found, asked = _asked(request, key, row)
    if name not in SECTIONS:
        raise Http404
    if asked.stage not in queries.WRITTEN or found.stage != Grant.Stage.UNDER_WAY:
        return redirect("grants:change", key, row)
    if request.method == "GET":
        return _page(request, found, asked, name, more=request.GET.get("add", ""))
    return _sent(request, found, asked, name)


@require_POST
@for_signed_in
def save(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Save one text; answer by its new version, or by what somebody else saved meanwhile."""
    found, asked = _asked(request, key, row)
    form = SaveForm(PLAN, request.POST)
    if not form.is_valid():
        return refused([str(one) for one in form.errors.values()])
    given = form.save()
    try:
        (done,) = actions.save_change(asked, [given], actor=request.user, now=timezone.now())
    except Refused as refusal:
        return refused([words.gap_said(gap, found) for gap in refusal.gaps])
    if done.is_conflict:
        return against(done.text, theirs_of([done])[done.text.path])
    answer = {"version": done.text.version, "text": done.text.value}
    return JsonResponse(answer | _told(found, asked, given.path))


@require_POST
@for_signed_in
def take_out(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Take a row out of what is asked."""
    found, asked = _asked(request, key, row)
    path = changeable(f"{request.POST.get('row', '')}/order")
    if path is None:
        raise Http404
    try:
        actions.take_out_row(asked, path.field, path.row, actor=request.user, now=timezone.now())
    except Refused as refusal:
        return refused([words.gap_said(gap, found) for gap in refusal.gaps])
    return JsonResponse(_told(found, asked, path))


@require_POST
@for_signed_in
def move(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Put a row one place up or down; answer by the order in which they stand then."""
    found, asked = _asked(request, key, row)
    given, now = parse_move(PLAN, request.POST.get("move", "")), timezone.now()
    if given is None:
        raise Http404
    try:
        rows = _move(request, asked, given, now)
    except Refused as refusal:
        return refused([words.gap_said(gap, found) for gap in refusal.gaps])
    return JsonResponse({"at": clock(now), "rows": rows})


def _asked(request: SignedInRequest, key: UUID, row: UUID) -> tuple[Grant, Change]:
    found = kept_grant(request, key)
    return found, change_at(request, found, row)


def _move(
    request: SignedInRequest, asked: Change, given: tuple[Path, Way], now: datetime
) -> list[str]:
    path, way = given
    return actions.move_row(asked, path.field, path.row, way, actor=request.user, now=now)


def _told(found: Grant, asked: Change, path: Path) -> dict[str, object]:
    """What the page shows after a save there: when it was, and what the grant pays in all."""
    answer: dict[str, object] = {"at": clock(timezone.now())}
    if path.field == "lines":
        plan = queries.proposed_by(asked, found)[1].plan
        answer["sums"] = {"lines": {}, "whole": words.sums_said(plan, found)}
        answer["saves"] = sum(asked.texts.values_list("version", flat=True))
    return answer


def _sent(request: SignedInRequest, found: Grant, asked: Change, name: str) -> HttpResponse:
    """What becomes of a page that was sent whole."""
    typed = {
        path: text for path, text in typed_in(PLAN, request.POST).items() if changeable(str(path))
    }
    try:
        done = _save(request, asked, typed)
    except Refused as refusal:
        told = [words.gap_said(gap, found) for gap in refusal.gaps]
        return _page(request, found, asked, name, typed=typed, told_why=told, status=422)
    theirs = theirs_of(done)
    if theirs:
        mine = {path: text for path, text in typed.items() if str(path) in theirs}
        return _page(request, found, asked, name, typed=mine, done=done, status=CONFLICT)
    return _go_on(request, asked, name)


def _save(request: SignedInRequest, asked: Change, typed: Mapping[Path, str]) -> list[Saved]:
    """Save what came with the page, then take a row out, or move it, by the button pressed.

    Where somebody else wrote meanwhile, no row is touched: first both texts are looked at.
    """
    form, now = PageForm(request.POST), timezone.now()
    form.is_valid()
    done = actions.save_change(asked, form.saves(dict(typed)), actor=request.user, now=now)
    if any(one.is_conflict for one in done):
        return done
    path = changeable(f"{request.POST.get('remove', '')}/order")
    if path is not None:
        actions.take_out_row(asked, path.field, path.row, actor=request.user, now=now)
    if given := parse_move(PLAN, request.POST.get("move", "")):
        _move(request, asked, given, now)
    return done


def _go_on(request: SignedInRequest, asked: Change, name: str) -> HttpResponse:
    """After a page is saved: the same page, where a row was touched, or the request whole."""
    here = reverse("grants:change_section", args=[asked.grant.key, asked.key, name])
    if "remove" in request.POST:
        messages.success(request, _("The row is taken out. The plan in force keeps it."))
        return redirect(here)
    if given := parse_move(PLAN, request.POST.get("move", "")):
        return redirect(f"{here}#r-{given[0].field}-{given[0].row}")
    messages.success(request, _("Saved at %(time)s.") % {"time": clock(timezone.now())})
    more = request.POST.get("add", "")
    if more in SECTIONS[name]:
        return redirect(f"{here}?add={more}#b-{more}")
    return redirect("grants:change", asked.grant.key, asked.key)


def _page(
    request: SignedInRequest,
    found: Grant,
    asked: Change,
    name: str,
    *,
    typed: Mapping[Path, str] | None = None,
    done: list[Saved] | None = None,
    told_why: list[str] | None = None,
    more: str = "",
    status: int = 200,
) -> HttpResponse:
    weighed, language = queries.weighed(asked, found), get_language() or "ru"
    plan, gaps = weighed.proposed.plan, [] if weighed.is_empty else weighed.gaps
    told = queries.written_change(asked, found, plan)
    kept = {str(path): text for path, text in (typed or {}).items()}
    shown = Shown(language, words.readiness_shown(gaps), kept, theirs_of(done or []), more)
    versions = {path: field.version for path, field in told.fields.items()}
    context = {
        "grant": found,
        "row": asked,
        "name": name,
        "sections": words.sections_said(),
        "blocks": words.blocks_said(told, SECTIONS[name], shown, gaps, found),
        "sums": words.sums_said(plan, found) if name == "budget" else None,
        "versions": json.dumps(versions_seen(request.POST) if told_why else versions),
        "refused": told_why or [],
        "conflicts": len(shown.theirs),
        "crumbs": crumbs_of(found, acting_centre(request), is_below=True),
    }
    return render(request, "grants/changes/section.html", context, status=status)
