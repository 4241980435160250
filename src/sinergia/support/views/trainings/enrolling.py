"""A training for everybody: its page, enrolling without an account, what one agrees to."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from sinergia.base.ui.acting import form_page
from sinergia.engine.training import is_taking
from sinergia.exchange.queries.bodies import meant_by
from sinergia.organisations.forms.opened import is_saved
from sinergia.people.http import for_everyone, reader_of
from sinergia.people.models import Person
from sinergia.places.queries import municipalities_in
from sinergia.support.access.trainings import may_keep
from sinergia.support.actions import enrolling as actions
from sinergia.support.forms.trainings import EnrolForm
from sinergia.support.models import Training
from sinergia.support.queries.consent_texts import ConsentText
from sinergia.support.queries.enrolments import consent_text, own_in
from sinergia.support.queries.trainings import places_left
from sinergia.support.views.trainings.reaching import public_training
from sinergia.support.words.trainings import explain, in_zone_of, own_link, places_said


@require_safe
@for_everyone
def training(request: HttpRequest, key: UUID) -> HttpResponse:
    """What everybody may know of a training; of its people only how many places are left."""
    found, reader, now = public_training(key), reader_of(request), timezone.now()
    own = own_in(found, reader) if reader is not None else None
    taking = is_taking(found.stage, found.starts_at, now=now)
    with in_zone_of(found):
        context = {
            "training": found,
            "is_taking": taking,
            "places": places_said(places_left(found)) if taking else "",
            "own_url": own_link(own) if own is not None else "",
            "own": own,
            "is_ours": reader is not None and may_keep(reader, found),
        }
        return render(request, "trainings/training.html", context)


@require_http_methods(["GET", "POST"])
@for_everyone
def enrol(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a place, or a turn on the waiting list; whoever is signed in need not type a name.

    The answer is the same whether the address is on the list already: only its mailbox is told.
    """
    found, now = public_training(key), timezone.now()
    if not is_taking(found.stage, found.starts_at, now=now):
        return redirect("trainings:training", key)
    text = _text()
    form, person = _form(request, found, text), reader_of(request)

    def save(given: actions.Given, *, seen: actions.Given | None) -> None:
        version, language = form.cleaned_data["version"], get_language() or "ru"
        act = partial(actions.enrol, found, given, language=language, now=now)
        act(agreed_version=version, person=_owner(person, str(given["email"])))

    if is_saved(form, save, explain):
        return redirect("trainings:thanks", key)
    with in_zone_of(found):
        places = places_said(places_left(found))
        context = {"training": found, "places": places, "text": text}
        return form_page(request, "trainings/enrol.html", form, **context)


@require_safe
@for_everyone
def thanks(request: HttpRequest, key: UUID) -> HttpResponse:
    """A letter is on its way: it says whether there is a place."""
    return render(request, "trainings/thanks.html", {"training": public_training(key)})


@require_safe
@for_everyone
def consent(request: HttpRequest, version: str) -> HttpResponse:
    """What one agrees to, in one version, as a form to print and sign, too."""
    number = int(version) if version.isascii() and version.isdecimal() else -1
    found = consent_text(get_language() or "ru", on=timezone.localdate(), version=number)
    if found is None:
        raise Http404
    return render(request, "trainings/consent.html", {"text": found})


def _form(request: HttpRequest, found: Training, text: ConsentText) -> EnrolForm:
    reader = reader_of(request)
    initial: dict[str, object] = {"version": text.version}
    if reader is not None:
        initial |= {"name": reader.name, "email": reader.email}
    towns = list(municipalities_in(found.centre.regions.values("region")))
    find = partial(meant_by, centre=None)
    form = EnrolForm(find, towns, request.POST or None, initial=initial)
    for field in form.fields.values():
        field.show_hidden_initial = False  # nothing is changed here that others write
    return form


def _owner(person: Person | None, address: str) -> Person | None:
    """Whose row it is: of whoever is signed in, where they gave their own address."""
    return person if person is not None and person.email.casefold() == address else None


def _text() -> ConsentText:
    found = consent_text(get_language() or "ru", on=timezone.localdate())
    if found is None:
        raise Http404
    return found
