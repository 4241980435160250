"""A practice that was taken home, as both sides see it: how it goes, letters, projects, proof."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.asking import read_key
from sinergia.base.tables.paging import Order, page_of
from sinergia.base.ui.acting import is_done, tell_gaps
from sinergia.base.ui.parts import WAITING, waiting_tabs
from sinergia.engine.refusal import Refused
from sinergia.organisations.forms.opened import OpenedForm, is_kept
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.practices.access import may_help, may_lead_adoption
from sinergia.practices.actions import adopting as actions
from sinergia.practices.actions.letters import write_letter
from sinergia.practices.models import Adoption
from sinergia.practices.queries import adoptions as queries
from sinergia.practices.words.catalogue import audience_name
from sinergia.projects.actions.adopting import Draft, begin_from, join_project
from sinergia.projects.forms import adopting as forms
from sinergia.projects.queries.adopting import may_join
from sinergia.projects.queries.projects import project_keyed
from sinergia.projects.words.adopting import HELP, STEPS, explain
from sinergia.projects.words.adoptions import page_about, steps_for

Seen = Mapping[str, object] | None  # what a form showed when it was opened


@require_GET
@for_signed_in
def adoptions(request: SignedInRequest) -> HttpResponse:
    """What one's organisations take home, and who takes home what is theirs."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    waiting, is_waiting = (
        queries.to_be_confirmed_by(request.user),
        request.GET.get("waiting") == "yes",
    )
    rows = waiting if is_waiting else queries.adoptions_of(request.user)
    page = page_of(rows, order=Order("made_at", is_descending=True), after=after, before=before)
    words = _("Await your confirmation") + f" · {waiting.count()}"
    tabs = waiting_tabs(reverse("projects:adoptions"), words, is_waiting=is_waiting)
    context = {"page": page, "tabs": tabs, "query": WAITING if is_waiting else ""}
    return render(request, "projects/adoptions.html", context)


@require_GET
@for_signed_in
def adoption(request: SignedInRequest, key: UUID) -> HttpResponse:
    """How it goes, who writes what to whom, what comes of it."""
    found = _adoption(request, key)
    return render(request, "projects/adoption.html", _context(request, found))


@require_POST
@for_signed_in
def write(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Write to the other side, or offer help."""
    found = _adoption(request, key)
    form = forms.LetterForm(request.POST, may_offer=may_help(request.user, found))

    def send() -> None:
        said, now = form.cleaned_data, timezone.now()
        offer = said.get("offer", "")
        write_letter(found, said["text"], offer=offer, actor=request.user, now=now)

    if is_done(form, send, explain):
        messages.success(request, _("Sent. The other side is told."))
        return redirect("projects:adoption", key)
    context = _context(request, found) | {"letter_form": form}
    return render(request, "projects/adoption.html", context, status=422)


@require_http_methods(["GET", "POST"])
@for_signed_in
def step(request: SignedInRequest, key: UUID, name: str) -> HttpResponse:
    """One step of its life, after asking once more."""
    found = _adoption(request, key)
    if name not in STEPS:
        raise Http404
    if request.method == "GET" and name not in steps_for(found, request.user):
        return redirect("projects:adoption", key)
    form = _step_form(request, found, name)
    if is_kept(form, _act(request, found, name, form), explain):
        messages.success(request, _("Noted."))
        return redirect("projects:adoption", key)
    label, meaning = STEPS[name]
    context = {"adoption": found, "form": form, "name": name, "label": label, "meaning": meaning}
    return render(request, "projects/step.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_signed_in
def change(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Write anew what is done otherwise, and in which way."""
    found = _led(request, key)
    places, place = queries.places_of_all([found.organisation]), found.municipality
    initial = found.changes | {"way": found.way, "municipality": str(place.key) if place else ""}
    form = forms.ChangeForm(places, request.POST or None, initial=initial)
    if found.practice.organisation_id is None:
        form.leave_alone()

    def save(seen: Seen) -> None:
        was, now = form.seen_intent(seen), timezone.now()
        actions.change_intent(found, form.intent(), seen=was, actor=request.user, now=now)

    if is_kept(form, save, explain):
        return redirect("projects:adoption", key)
    context = {"adoption": found, "form": form}
    return render(request, "projects/change.html", context, status=422 if form.is_bound else 200)


@require_POST
@for_signed_in
def begin(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Begin a project with the texts that were taken; the form's key makes it once."""
    found = _led(request, key)
    form_key = read_key(request.POST.get("key", ""))
    if form_key is None:
        raise Http404
    draft = Draft(form_key, audience_name, help=str(HELP.get(found.way, "")))
    try:
        made = begin_from(found, draft, actor=request.user, now=timezone.now())
    except Refused as refusal:
        return _refused(request, key, refusal)
    return redirect("projects:project", made.key)


@require_POST
@for_signed_in
def join(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Say that one of one's projects does it."""
    found = _led(request, key)
    project = project_keyed(may_join(found, request.user), request.POST.get("project", ""))
    if project is None:
        raise Http404
    join_project(project, found, actor=request.user, now=timezone.now())
    messages.success(request, _("The project belongs to this practice now."))
    return redirect("projects:adoption", key)


@require_POST
@for_signed_in
def grow(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Say that a practice of one's own grew from it, or no longer."""
    found, now = _led(request, key), timezone.now()
    asked = request.POST.get("practice", "")
    for descent in queries.grown_from(found, request.user):
        if str(descent.practice.key) == request.POST.get("part", ""):
            actions.part_practice(descent, actor=request.user, now=now)
            return redirect("projects:adoption", key)
    rows = queries.may_have_grown(found)
    practice = next((one for one in rows if str(one.key) == asked), None)
    if practice is None:
        raise Http404
    try:
        actions.grow_practice(practice, found, actor=request.user, now=now)
    except Refused as refusal:
        return _refused(request, key, refusal)
    return redirect("projects:adoption", key)


def _adoption(request: SignedInRequest, key: UUID) -> Adoption:
    """One whose inside whoever asks may see; hidden and missing look alike."""
    found = queries.adoptions_of(request.user).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def _led(request: SignedInRequest, key: UUID) -> Adoption:
    found = _adoption(request, key)
    if not may_lead_adoption(request.user, found):
        raise Http404
    return found


def _context(request: SignedInRequest, found: Adoption) -> dict[str, object]:
    is_author = may_help(request.user, found)
    form = forms.LetterForm(may_offer=is_author)
    return page_about(found, request.user) | {"letter_form": form, "is_author": is_author}


def _step_form(request: SignedInRequest, found: Adoption, name: str) -> OpenedForm:
    typed = request.POST if request.method == "POST" else None
    if name == "prove":
        told = {"result": found.result, "number": found.number, "measured": found.measured}
        return forms.ProofForm(typed, initial=told)
    if name == "drop":
        return forms.DropForm(typed)
    return forms.BareForm(typed)


def _act(
    request: SignedInRequest, found: Adoption, name: str, form: OpenedForm
) -> Callable[[Seen], Adoption]:
    actor, now, read = request.user, timezone.now(), request.POST.get("seen", "")

    def prove(seen: Seen) -> Adoption:
        proof = form.proof() if isinstance(form, forms.ProofForm) else actions.Proof("", "", "")
        return actions.say_proven(found, proof, seen=seen, actor=actor, now=now)

    acts: dict[str, Callable[[Seen], Adoption]] = {
        "run": lambda _seen: actions.run(found, actor=actor, now=now),
        "prove": prove,
        "confirm": lambda _seen: actions.confirm_proven(found, seen=read, actor=actor, now=now),
        "drop": lambda _seen: actions.drop(found, form.cleaned_data["why"], actor=actor, now=now),
        "back": lambda _seen: actions.go_back(found, actor=actor, now=now),
    }
    return acts[name]


def _refused(request: SignedInRequest, key: UUID, refusal: Refused) -> HttpResponse:
    tell_gaps(request, refusal, explain)
    return redirect("projects:adoption", key)
