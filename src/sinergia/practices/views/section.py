"""A section of a practice: written whole by its button, or field by field as one types."""

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
from sinergia.engine.practice import PRACTICE
from sinergia.engine.refusal import Refused
from sinergia.packs.practices import SECTIONS
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.people.words import theirs_of
from sinergia.practices.actions.history import take_out_row
from sinergia.practices.actions.rows import move_row
from sinergia.practices.actions.saving import save_fields
from sinergia.practices.http import practice_of
from sinergia.practices.models import Practice
from sinergia.practices.queries.practices import open_remarks
from sinergia.practices.queries.writing import missing_of, written
from sinergia.practices.words import explain
from sinergia.practices.words.form import Shown, blocks_of
from sinergia.practices.words.outline import next_section, outline_of


@require_http_methods(["GET", "POST"])
@for_signed_in
def section(request: SignedInRequest, key: UUID, name: str) -> HttpResponse:
    """The fields of a section; without a script they are saved by its button, all at once."""
    practice = practice_of(request, key)
    if name not in SECTIONS:
        raise Http404
    if request.method == "GET":
        return _page(request, practice, name, more=request.GET.get("add", ""))
    return _sent(request, practice, name)


@require_POST
@for_signed_in
def save(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Save one text; answer by its new version, or by what somebody else saved meanwhile."""
    practice, form = practice_of(request, key), SaveForm(PRACTICE, request.POST)
    if not form.is_valid():
        return refused([str(one) for one in form.errors.values()])
    try:
        (done,) = save_fields(practice, [form.save()], actor=request.user, now=timezone.now())
    except Refused as refusal:
        return refused([explain(gap) for gap in refusal.gaps])
    if done.is_conflict:
        return against(done.text, theirs_of([done])[done.text.path])
    at = clock(timezone.now())
    return JsonResponse({"version": done.text.version, "text": done.text.value, "at": at})


@require_POST
@for_signed_in
def take_out(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take a row out; what stood in it is kept in the history."""
    practice = practice_of(request, key)
    path = PRACTICE.parse(f"{request.POST.get('row', '')}/order")
    if path is None:
        raise Http404
    now = timezone.now()
    take_out_row(practice, path.field, path.row, actor=request.user, now=now)
    return JsonResponse({"at": clock(now)})


@require_POST
@for_signed_in
def move(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Put a row one place up or down; answer by the order in which they stand then."""
    practice, now = practice_of(request, key), timezone.now()
    asked = parse_move(PRACTICE, request.POST.get("move", ""))
    if asked is None:
        raise Http404
    try:
        rows = _move(request, practice, asked, now)
    except Refused as refusal:
        return refused([explain(gap) for gap in refusal.gaps])
    return JsonResponse({"at": clock(now), "rows": rows})


def _move(
    request: SignedInRequest, practice: Practice, asked: tuple[Path, Way], now: datetime
) -> list[str]:
    path, way = asked
    return move_row(practice, path.field, path.row, way, actor=request.user, now=now)


def _sent(request: SignedInRequest, practice: Practice, name: str) -> HttpResponse:
    """What becomes of a section that was sent whole."""
    typed = typed_in(PRACTICE, request.POST)
    try:
        done = _save(request, practice, typed)
    except Refused as refusal:
        told = [explain(gap) for gap in refusal.gaps]
        return _page(request, practice, name, typed=typed, told_why=told, status=422)
    theirs = theirs_of(done)
    if theirs:
        mine = {path: text for path, text in typed.items() if str(path) in theirs}
        return _page(request, practice, name, typed=mine, done=done, status=CONFLICT)
    return _go_on(request, practice, name)


def _save(request: SignedInRequest, practice: Practice, typed: Mapping[Path, str]) -> list[Saved]:
    """Save what came with the page, then take a row out, or move it, where its button was pressed.

    Where somebody else wrote meanwhile, no row is touched: first both texts are looked at.
    """
    form, now = PageForm(request.POST), timezone.now()
    form.is_valid()
    done = save_fields(practice, form.saves(dict(typed)), actor=request.user, now=now)
    path = PRACTICE.parse(f"{request.POST.get('remove', '')}/order")
    if any(one.is_conflict for one in done):
        return done
    if path is not None:
        take_out_row(practice, path.field, path.row, actor=request.user, now=now)
    if asked := parse_move(PRACTICE, request.POST.get("move", "")):
        _move(request, practice, asked, now)
    return done


def _go_on(request: SignedInRequest, practice: Practice, name: str) -> HttpResponse:
    """After a whole section is saved: the same page, where it has more to fill in, or the next."""
    here = reverse("practices:section", args=[practice.key, name])
    if "remove" in request.POST:
        messages.success(request, _("The row is taken out. The history keeps what stood in it."))
        return redirect(here)
    if asked := parse_move(PRACTICE, request.POST.get("move", "")):
        return redirect(f"{here}#r-{asked[0].field}-{asked[0].row}")
    messages.success(request, _("Saved at %(time)s.") % {"time": clock(timezone.now())})
    more, after = request.POST.get("add", ""), next_section(name)
    if more in SECTIONS[name]:
        return redirect(f"{here}?add={more}#b-{more}")
    if request.POST.get("go") == "next" and after:
        return redirect("practices:section", practice.key, after)
    return redirect("practices:writing", practice.key)


def _page(
    request: SignedInRequest,
    practice: Practice,
    name: str,
    *,
    typed: Mapping[Path, str] | None = None,
    done: list[Saved] | None = None,
    told_why: list[str] | None = None,
    more: str = "",
    status: int = 200,
) -> HttpResponse:
    told, language = written(practice), get_language() or "ru"
    missing, remarks = missing_of(told), list(open_remarks(practice))
    kept = {str(path): text for path, text in (typed or {}).items()}
    shown = Shown(language, missing, kept, theirs_of(done or []), more, is_form=True)
    versions = {path: field.version for path, field in told.fields.items()}
    context = {
        "practice": practice,
        "name": name,
        "outline": outline_of(told, missing, remarks=remarks, here=name),
        "blocks": blocks_of(told, name, shown),
        "remarks": [one for one in remarks if one.section == name],
        "after": next_section(name),
        "versions": json.dumps(versions_seen(request.POST) if told_why else versions),
        "refused": told_why or [],
        "conflicts": len(shown.theirs),
    }
    return render(request, "practices/section.html", context, status=status)
