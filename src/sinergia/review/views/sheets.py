"""An expert reads an application and fills in its sheet: whole by its button, or field by field."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergia.base.drafts.actions import Saved
from sinergia.base.drafts.forms import PageForm, SaveForm, typed_in
from sinergia.base.drafts.http import (
    CONFLICT,
    against,
    refused,
    seen_at,
    shown_now,
    versions_of,
)
from sinergia.base.drafts.words import clock
from sinergia.calls.http import in_zone_of
from sinergia.engine.drafts import Path
from sinergia.engine.project import Broken
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.sheet import Subject, read_sheet
from sinergia.people.http import SignedInRequest, for_signed_in, for_writers
from sinergia.people.words import theirs_of
from sinergia.review.actions.scoring import open_sheet, save_sheet
from sinergia.review.http import own_sheet
from sinergia.review.models import Sheet
from sinergia.review.queries.reading import (
    own_scores,
    read_signed,
    reading_of,
    signature_of,
    subject_of,
)
from sinergia.review.words import explain
from sinergia.review.words.sheets import (
    Typed,
    counted_said,
    gaps_said,
    headed,
    sections_said,
    sheet_shown,
    summary_of,
    title_of,
)

GONE = 410


@require_http_methods(["GET", "POST"])
@for_writers
def sheet(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The application beside its sheet; without a script the sheet is saved by its button."""
    found = own_sheet(request, key)
    if request.method == "POST" and found.stage != Sheet.Stage.SIGNED:
        return _sent(request, found)
    open_sheet(found, actor=request.user, now=timezone.now())
    gaps = [Gap("sheet.is_signed")] if request.method == "POST" else []
    return _page(request, found, Typed(gaps=gaps), status=422 if gaps else 200)


@require_POST
@for_signed_in
def save(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Save one text; answer by its version and the rating, or by what another window saved."""
    found = own_sheet(request, key)
    form = SaveForm(subject_of(found).fields, request.POST)
    if not form.is_valid():
        return refused([str(one) for one in form.errors.values()])
    try:
        (done,) = save_sheet(found, [form.save()], actor=request.user, now=timezone.now())
    except Refused as refusal:
        return refused([explain(gap) for gap in refusal.gaps])
    if done.is_conflict:
        return against(done.text, theirs_of([done])[done.text.path])
    return JsonResponse(shown_now(done.text) | {"at": clock(timezone.now())} | _counted(found))


def _counted(found: Sheet) -> dict[str, object]:
    """What the sheet comes to, and of how many saves: the page shows the latest."""
    texts, subject = {text.path: text for text in found.texts.all()}, subject_of(found)
    filled = read_sheet({path: text.value for path, text in texts.items()}, subject)
    saves = sum(text.version for text in texts.values())
    return counted_said(filled, subject, get_language() or "ru") | {"saves": saves}


def _sent(request: SignedInRequest, found: Sheet) -> HttpResponse:
    """What becomes of a sheet that was sent whole."""
    fields = subject_of(found).fields
    typed, form = typed_in(fields, request.POST), PageForm(request.POST)
    form.is_valid()
    try:
        done = save_sheet(found, form.saves(fields, typed), actor=request.user, now=timezone.now())
    except Refused as refusal:
        texts = {str(path): text for path, text in typed.items()}
        return _page(request, found, Typed(texts, gaps=refusal.gaps), status=422)
    if any(one.is_conflict for one in done):
        return _clash(request, found, typed, done)
    if "sign" in request.POST.get("go", ""):
        return redirect("review:sign", found.key)
    messages.success(request, _("Saved at %(time)s.") % {"time": clock(timezone.now())})
    return redirect("review:sheet", found.key)


def _clash(
    request: SignedInRequest, found: Sheet, typed: Mapping[Path, str], done: Sequence[Saved]
) -> HttpResponse:
    theirs = theirs_of(done)
    mine = {str(path): text for path, text in typed.items() if str(path) in theirs}
    return _page(request, found, Typed(mine, theirs), status=CONFLICT)


def _page(
    request: SignedInRequest, found: Sheet, typed: Typed, *, status: int = 200
) -> HttpResponse:
    language, subject = get_language() or "ru", subject_of(found)
    is_signed = found.stage == Sheet.Stage.SIGNED
    try:
        reading = reading_of(found)
        more = _signed(found, subject) if is_signed else _form(request, found, typed, subject)
    except Broken:
        return render(request, "review/sheets/broken.html", {"sheet": found}, status=GONE)
    gaps = gaps_said(typed.gaps, subject, language)
    context = {
        "sheet": found,
        "contest": found.expert.contest,
        "title": title_of(found, subject.rules),
        "applicant": reading.applicant,
        "facts": headed(found, subject.rules, language),
        "sections": sections_said(reading, language),
        "is_signed": is_signed,
        "is_returned": found.stage == Sheet.Stage.RETURNED,
        "refused": [f"{label}: {said}" if label else said for label, said, _field in gaps],
        "conflicts": len(typed.theirs),
    }
    with in_zone_of(found.expert.contest):
        return render(request, "review/sheets/sheet.html", context | more, status=status)


def _signed(found: Sheet, subject: Subject) -> dict[str, object]:
    """What was signed, read from its own bytes."""
    signature = signature_of(found)
    if signature is None:
        return {}
    values = read_signed(signature).values
    summary = summary_of(values, subject, get_language() or "ru")
    return {"summary": summary, "signature": signature}


def _form(
    request: SignedInRequest, found: Sheet, typed: Typed, subject: Subject
) -> dict[str, object]:
    texts = {one.path: one for one in found.texts.order_by("pk")}
    own = own_scores(found, request.user)
    shown = sheet_shown(texts, subject, typed, own, get_language() or "ru")
    seen = seen_at(typed.texts, request.POST) if typed.gaps else {}
    are_shown = subject.rules.review.are_comments_shown
    return {"shown": shown, "versions": versions_of(texts, seen), "are_comments_shown": are_shown}
