"""People whom the organisers write down themselves, for who has no address."""

from functools import partial
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergia.base.ui.acting import form_page, is_done, tell_gaps
from sinergia.engine.refusal import Refused
from sinergia.grants.actions import writing_down as actions
from sinergia.grants.forms.joining import OwnForm, WrittenForm
from sinergia.grants.http import kept_grant
from sinergia.grants.models import Grant, Joiner
from sinergia.grants.views.together.reaching import framed, joiner_of, text_agreed_to
from sinergia.grants.words import explain
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.people.models import Person
from sinergia.places.models import Municipality
from sinergia.places.queries import municipalities_in


@require_http_methods(["GET", "POST"])
@for_signed_in
def write_down(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Write somebody down who agreed on paper."""
    grant, text = kept_grant(request, key), text_agreed_to()
    roles, towns = list(grant.roles.order_by("pk")), _towns(grant)
    initial = {"version": text.version, "key": uuid4()}
    form = WrittenForm(roles, towns, request.POST or None, initial=initial)
    if is_done(form, partial(_write, form, request.user), explain):
        messages.success(request, _("Written down: %(name)s.") % form.cleaned_data)
        return redirect("together:people", key)
    context = framed(request, grant, "people") | {"text": text, "roles": roles}
    return form_page(request, "together/write_down.html", form, **context)


@require_http_methods(["GET", "POST"])
@for_signed_in
def mend(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Mend the name or municipality of somebody who was written down."""
    grant = kept_grant(request, key)
    found = _written(grant, row)
    town = found.municipality.key if found.municipality else ""
    initial = {"name": found.name, "municipality": town}
    form = OwnForm(_towns(grant), request.POST or None, initial=initial)
    save = partial(actions.mend_written, found, actor=request.user, now=timezone.now())
    if is_done(form, lambda: save(form.given()), explain):
        messages.success(request, _("Saved."))
        return redirect("together:person", key, row)
    context = framed(request, grant, "people") | {"row": found}
    return form_page(request, "together/mend.html", form, **context)


@require_POST
@for_signed_in
def leave(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Note that somebody who was written down does not come, or that they do after all."""
    found, now = _written(kept_grant(request, key), row), timezone.now()
    if request.POST.get("back"):
        try:
            back = actions.note_return(found, actor=request.user, now=now)
        except Refused as refusal:
            tell_gaps(request, refusal, explain)
        else:
            messages.success(request, _("Noted: %(state)s.") % {"state": back.get_stage_display()})
        return redirect("together:person", key, row)
    actions.note_leaving(found, actor=request.user, now=now)
    messages.success(request, _("Noted. The place goes to who waits."))
    return redirect("together:person", key, row)


def _written(grant: Grant, row: UUID) -> Joiner:
    """Whoever has a link of their own mends by it what is written of them."""
    found = joiner_of(grant, row)
    if found.written_by is None or not found.name:
        raise Http404
    return found


def _write(form: WrittenForm, actor: Person) -> None:
    role = form.roles[form.cleaned_data["role"]]
    language = get_language() or "ru"
    actions.write_down(role, form.asked(), language=language, actor=actor, now=timezone.now())


def _towns(grant: Grant) -> list[Municipality]:
    region = grant.organisation.region_id
    return list(municipalities_in([region])) if region else []
