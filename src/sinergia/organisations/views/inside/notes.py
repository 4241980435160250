"""What the centre alone writes about an organisation: its notes."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergia.base.tables.paging import Order, page_of
from sinergia.organisations.actions import notes as actions
from sinergia.organisations.forms.inside import NoteChangeForm, NoteForm
from sinergia.organisations.http import StaffRequest, for_staff, found_by
from sinergia.organisations.models import Note
from sinergia.organisations.queries.inside import met_on, notes_of
from sinergia.organisations.queries.roles import served
from sinergia.organisations.views.saving import is_saved
from sinergia.people.models import Person


@require_http_methods(["GET", "POST"])
@for_staff
def notes(request: StaffRequest, key: UUID) -> HttpResponse:
    """Every note of the centre, and writing one more."""
    organisation = found_by(served(request.centre), key)
    form = NoteForm(request.POST or None)
    if form.is_valid():
        actions.write_note(
            request.centre,
            organisation,
            form.cleaned_data["text"],
            met_on=form.cleaned_data["met_on"],
            actor=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("Noted."))
        return redirect("register:inside", key)
    page = page_of(
        notes_of(request.centre, organisation),
        order=Order("made_at", is_descending=True),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {"organisation": organisation, "page": page, "form": form}
    context["met_on"] = met_on(request.centre, organisation)
    status = 422 if form.is_bound else 200
    return render(request, "register/inside/notes.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_staff
def change(request: StaffRequest, key: UUID, note: UUID) -> HttpResponse:
    """Write a note anew."""
    organisation = found_by(served(request.centre), key)
    found = get_object_or_404(notes_of(request.centre, organisation), key=note)
    initial = {"text": found.text, "met_on": met_on(request.centre, organisation)}
    form = NoteChangeForm(request.POST or None, initial=initial)
    if form.is_valid() and is_saved(form, partial(_change, found, form, request.user)):
        messages.success(request, _("Saved."))
        return redirect("register:notes", key)
    context = {"organisation": organisation, "note": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "register/inside/note.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_staff
def remove(request: StaffRequest, key: UUID, note: UUID) -> HttpResponse:
    """Ask once more, then take a note away."""
    organisation = found_by(served(request.centre), key)
    found = get_object_or_404(notes_of(request.centre, organisation), key=note)
    if request.method == "GET":
        context = {"organisation": organisation, "note": found}
        return render(request, "register/inside/remove_note.html", context)
    actions.remove_note(found, actor=request.user, now=timezone.now())
    messages.success(request, _("Removed."))
    return redirect("register:notes", key)


def _change(
    found: Note,
    form: NoteChangeForm,
    actor: Person,
    given: Mapping[str, object],
    *,
    seen: Mapping[str, object],
) -> None:
    now, text = timezone.now(), str(given["text"])
    actions.change_note(found, text, seen=seen, actor=actor, now=now)
    if "met_on" in form.changed_data:
        actions.mend_meeting(found, form.cleaned_data["met_on"], actor=actor, now=now)
