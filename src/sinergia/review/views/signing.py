"""A sheet is signed, given back, and proves itself by its receipt; files of the application."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.files.http import respond_with
from sinergia.calls.http import in_zone_of
from sinergia.engine.project import Broken
from sinergia.engine.refusal import Refused
from sinergia.engine.sheet import read_sheet
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.review.actions.recusing import recuse as give_back
from sinergia.review.actions.scoring import sign_sheet, state_of
from sinergia.review.forms.sheets import RecusalForm, SignForm
from sinergia.review.http import own_sheet
from sinergia.review.models import Sheet
from sinergia.review.queries.reading import read_signed, reading_of, signature_of, subject_of
from sinergia.review.words import explain
from sinergia.review.words.sheets import gaps_said, summary_of, title_of

GONE = 410


@require_http_methods(["GET", "POST"])
@for_signed_in
def sign(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Show what is signed and what hinders; sign it."""
    now, found = timezone.now(), own_sheet(request, key)
    if found.stage == Sheet.Stage.SIGNED:  # also where the first answer was lost on its way
        return redirect("review:receipt", key)
    if request.method == "GET":
        return _sign(request, found)
    form = SignForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else -1
    try:
        sign_sheet(found, actor=request.user, now=now, seen=seen)
    except Refused as refusal:
        return _sign(request, found, refusal)
    messages.success(request, _("The score sheet is signed."))
    return redirect("review:receipt", key)


@require_GET
@for_signed_in
def receipt(request: SignedInRequest, key: UUID) -> HttpResponse:
    """What was signed, when, with which checksum; to be printed."""
    found = own_sheet(request, key)
    signature = signature_of(found)
    if signature is None:
        raise Http404
    subject, language = subject_of(found), get_language() or "ru"
    context: dict[str, object] = {"sheet": found, "signature": signature, "is_whole": True}
    context |= {"contest": found.expert.contest, "title": title_of(found, subject.rules)}
    try:
        context["summary"] = summary_of(read_signed(signature).values, subject, language)
    except Broken:
        context["is_whole"] = False
    with in_zone_of(found.expert.contest):
        return render(request, "review/sheets/receipt.html", context)


@require_POST
@for_signed_in
def recuse(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Give an application back, with a reason where there is one to say."""
    found, form = own_sheet(request, key), RecusalForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    try:
        give_back(found, why, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0]))
        return redirect("review:sheet", key)
    messages.success(request, _("You have recused yourself: you see nothing of it any more."))
    return redirect("review:desk", found.expert.key)


@require_GET
@for_signed_in
def file(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponseBase:
    """A file of the application, to be saved by the name under which its expert knows it."""
    found = own_sheet(request, key)
    try:
        files = reading_of(found).files
    except Broken:
        return render(request, "review/sheets/broken.html", {"sheet": found}, status=GONE)
    asked = next((one for one in files if one.key == row), None)
    if asked is None:
        raise Http404
    attachment = asked.handed_in.attachment
    if attachment is None or not asked.is_kept:
        return render(request, "review/sheets/broken.html", {"sheet": found}, status=GONE)
    return respond_with(attachment.file, as_name=asked.name, asked=request.headers)


def _sign(request: SignedInRequest, found: Sheet, refusal: Refused | None = None) -> HttpResponse:
    subject, language = subject_of(found), get_language() or "ru"
    values = dict(found.texts.values_list("path", "value"))
    filled = read_sheet(values, subject)
    hindering = gaps_said([*filled.faults, *filled.missing], subject, language)
    told = [] if refusal is None else [explain(gap) for gap in refusal.gaps if not gap.path]
    context = {
        "sheet": found,
        "title": title_of(found, subject.rules),
        "summary": summary_of(values, subject, language),
        "hindering": hindering,
        "refused": told,
        "seen": state_of(found),
    }
    status = 200 if refusal is None else 422
    return render(request, "review/sheets/sign.html", context, status=status)
