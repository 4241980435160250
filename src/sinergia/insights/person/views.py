"""Pages of what is held about a person, and of its erasure."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from sinergia.engine.refusal import Refused
from sinergia.insights.person import queries, words
from sinergia.insights.person.actions import Demand, erase_person
from sinergia.insights.person.forms import PaperForm, SureForm
from sinergia.insights.person.models import ErasureAct
from sinergia.people.http import (
    SignedInRequest,
    for_administrators,
    for_everyone,
    for_freshly_proven,
    for_signed_in,
    keep_off_referrers,
    need_fresh_proof,
)
from sinergia.people.models import Person
from sinergia.people.queries import account_by


@require_GET
@for_signed_in
def held(request: SignedInRequest) -> HttpResponse:
    """Every row of every room about whoever asks."""
    entries, most = queries.acts_of_whoever(request.user), queries.SHOWN_ENTRIES
    latest = list(entries.reverse()[:most])
    context = {
        "sections": words.sections_about(request.user),
        "entries": [words.told(entry) for entry in latest],
        "total": len(latest) if len(latest) < most else entries.count(),
    }
    return render(request, "held/held.html", context)


@require_GET
@for_signed_in
@for_freshly_proven
def extract(request: SignedInRequest) -> HttpResponse:
    """The same as a file that other programs read."""
    person, now = request.user, timezone.now()
    sections, entries = words.sections_about(person), queries.acts_of_whoever(person)
    document = words.extract(person, sections, entries, made=now.isoformat())
    shape = {"ensure_ascii": False, "indent": 2}
    response = JsonResponse(document, json_dumps_params=shape)
    response.headers["Content-Disposition"] = f'attachment; filename="held-{now:%Y-%m-%d}.json"'
    return response


@require_http_methods(["GET", "POST"])
@for_signed_in
@for_freshly_proven
def erase(request: SignedInRequest) -> HttpResponse:
    """What goes and what stays; then, for good, the erasure of one's own account."""
    form = SureForm(request.POST or None)
    act = _erased(request, request.user, form, Demand())
    if act is None:
        return _page(request, request.user, form, is_self=True)
    logout(request)
    response = redirect("held:act", act.key)
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


@require_http_methods(["GET", "POST"])
@for_administrators
def erase_other(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The same for somebody who asked on paper."""
    person = account_by(key)
    if person is None or person.pk == request.user.pk:
        raise Http404
    need_fresh_proof(request)
    form = PaperForm(request.POST or None)
    said = form.cleaned_data if form.is_valid() else {}
    named = {name: said[name] for name in ("ground", "paper_number", "paper_on") if name in said}
    act = _erased(request, person, form, Demand(**named))
    if act is None:
        return _page(request, person, form, is_self=False)
    messages.success(request, _("The account is erased. Print the act for its former owner."))
    return redirect("held:act", act.key)


@require_safe
@for_everyone
@keep_off_referrers
def act(request: HttpRequest, key: UUID) -> HttpResponse:
    """The act of an erasure with an extract of the journal; its address is known to who did it."""
    found = queries.act_by(key)
    if found is None:
        raise Http404
    context = {
        "act": found,
        "rooms": words.counted_rooms(found.counts),
        "entries": [words.placed(entry) for entry in queries.extract_of(found)],
    }
    return render(request, "held/act.html", context)


def _erased(
    request: SignedInRequest, person: Person, form: SureForm, demand: Demand
) -> ErasureAct | None:
    """Erase; none where the form or a rule says no, which the form then tells."""
    if not form.is_valid():
        return None
    try:
        return erase_person(person, demand, actor=request.user, now=timezone.now())
    except Refused as refusal:
        for gap in refusal.gaps:
            form.add_error(gap.path or None, words.explain(gap))
        return None


def _page(
    request: SignedInRequest, person: Person, form: SureForm, *, is_self: bool
) -> HttpResponse:
    context = {
        "person": person,
        "form": form,
        "is_self": is_self,
        "rooms": list(words.room_names().values()),
        "left_alone": queries.left_alone_by(person),
    }
    status = 422 if form.is_bound else 200
    return render(request, "held/erase.html", context, status=status)
