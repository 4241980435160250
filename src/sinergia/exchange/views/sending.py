"""What a device sends that was written where there was no network: once, again, or late."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sinergia.base.ui.acting import is_done
from sinergia.engine.refusal import Gap, Refused
from sinergia.exchange.actions.noting import Stale, save_note
from sinergia.exchange.forms.commitments import TakeForm
from sinergia.exchange.forms.holding import NoteForm
from sinergia.exchange.http import inside_visit
from sinergia.exchange.models import Session, Visit
from sinergia.exchange.queries.commitments import commitments_for
from sinergia.exchange.queries.holding import own_note, session_held
from sinergia.exchange.views.reaching import committing_visit, takers
from sinergia.exchange.views.taking import taken_from
from sinergia.exchange.words import explain
from sinergia.people.http import SignedInRequest, for_signed_in, mark_of


@require_POST
@for_signed_in
def send(request: SignedInRequest, key: UUID, what: str) -> JsonResponse:
    """Keep a note, or what is taken into work; say where it is now, or what is against it.

    409 with the other text where another device wrote in the note, 422 with sentences. What was
    written under another account of the same device is not taken for one's own.
    """
    mine = mark_of(request.user)
    if request.POST.get("reader", mine) != mine:
        raise PermissionDenied
    senders: dict[str, Callable[[SignedInRequest, UUID], JsonResponse]] = {
        "notes": _note,
        "commitments": _take,
    }
    if what not in senders:
        raise Http404
    response = senders[what](request, key)
    response.headers["Cache-Control"] = "no-store"
    return response


def _note(request: SignedInRequest, key: UUID) -> JsonResponse:
    visit, form = inside_visit(request, key), NoteForm(request.POST)

    def save() -> None:
        known = own_note(visit, request.user, form.cleaned_data["key"])
        about = known.session if known else _session(visit, request.POST.get("session", ""))
        save_note(visit, form.noted(about), actor=request.user, now=timezone.now())

    try:
        if not is_done(form, save, explain):
            return _refused(form)
    except Stale as fault:
        theirs = {"text": fault.theirs.text, "base": fault.theirs.version}
        return JsonResponse({"theirs": theirs}, status=HTTPStatus.CONFLICT)
    named = request.POST.get("session")
    place = ("commitments:session", [key, named]) if named else ("commitments:there", [key])
    return JsonResponse({"url": reverse(place[0], args=place[1]) + "#notes"})


def _take(request: SignedInRequest, key: UUID) -> JsonResponse:
    visit = committing_visit(request, key)
    delegates = takers(visit, request.user)
    if not delegates:
        raise Http404
    form, made = TakeForm(delegates, request.POST), []

    def take() -> None:
        if not commitments_for(request.user).filter(key=form.cleaned_data["key"]).exists():
            _session(visit, form.cleaned_data["session"])
        made.append(taken_from(request, visit, form))

    if not is_done(form, take, explain):
        return _refused(form)
    if request.POST.get("here"):  # whoever sent it is led to the page where it is written out
        messages.success(request, _("Taken home. By when, and what is the first step?"))
    return JsonResponse({"url": reverse("commitments:write", args=[made[0].key])})


def _session(visit: Visit, key: str) -> Session | None:
    """The session that is named by what comes for the first time.

    Raises Refused where it is not in the programme any more.
    """
    found = session_held(visit, key) if key else None
    if key and found is None:
        raise Refused([Gap("session.not_there")])
    return found


def _refused(form: Form) -> JsonResponse:
    said = [str(line) for lines in form.errors.values() for line in lines]
    return JsonResponse({"said": said}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
