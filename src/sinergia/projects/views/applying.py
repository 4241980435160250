"""Apply a practice at home: for whom, how, with a project or without one yet."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergia.base.search.queries import search
from sinergia.base.ui.acting import is_done
from sinergia.engine.text import clean_line
from sinergia.organisations.actions.indexing import KIND as ORGANISATION
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.roles import organisation_within, organisations_of, within
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.practices.models import Adoption, Practice
from sinergia.practices.queries.adoptions import (
    open_adoption,
    places_of_all,
)
from sinergia.practices.queries.catalogue import published
from sinergia.practices.words.catalogue import audience_name
from sinergia.projects.actions.adopting import Draft, apply_at_home
from sinergia.projects.forms.adopting import ApplyForm
from sinergia.projects.models import Project
from sinergia.projects.queries.projects import contests_for
from sinergia.projects.words.adopting import HELP, explain

FOUND = 10  # organisations offered to a centre


@require_http_methods(["GET", "POST"])
@for_signed_in
def apply(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take a practice home: alone or with its authors, with a project or without one yet."""
    practice = get_object_or_404(published().select_related("organisation"), key=key)
    whose = _whose(request, practice)
    if not whose:
        return _asked_whom(request, practice)
    there = open_adoption(practice, whose[0]) if len(whose) == 1 else None
    if there is not None and request.method == "GET":
        messages.info(request, _("This practice is taken home already: here is how it goes."))
        return redirect("projects:adoption", there.key)
    form = _form(request, whose, practice)
    made: list[tuple[Adoption, Project | None]] = []
    if is_done(form, lambda: made.append(_apply(request, practice, form)), explain):
        return _led_on(request, *made[0])
    context = {"practice": practice, "form": form, "whose": whose}
    return render(request, "projects/apply.html", context, status=422 if form.is_bound else 200)


def _apply(
    request: SignedInRequest, practice: Practice, form: ApplyForm
) -> tuple[Adoption, Project | None]:
    intent, said = form.intent(), form.cleaned_data
    draft = None
    if said["begins_project"]:
        help_ = str(HELP.get(intent.way, ""))
        draft = Draft(said["key"], audience_name, form.chosen_contest(), help_)
    now, whose = timezone.now(), form.whose()
    return apply_at_home(practice, whose, intent, draft, actor=request.user, now=now)


def _led_on(request: SignedInRequest, adoption: Adoption, project: Project | None) -> HttpResponse:
    """To the project, where one has begun; else to how the practice is taken home."""
    if project is None:
        messages.success(request, _told(adoption))
        return redirect("projects:adoption", adoption.key)
    messages.success(
        request, _("The texts of the practice are taken; each is marked. Now make them yours.")
    )
    return redirect("projects:project", project.key)


def _told(adoption: Adoption) -> str:
    if adoption.practice.organisation_id is None:
        return _("Noted. Its home is told nothing, unless you say so here.")
    return _("The authors are told. Write to them here, when you like.")


def _whose(request: SignedInRequest, practice: Practice) -> list[Organisation]:
    """For whom somebody may apply: an organisation named in the address, or their own ones."""
    served = organisation_within(request.user, request.GET.get("organisation", ""))
    if served is not None:
        return [served]
    rows = organisations_of(request.user).exclude(pk=practice.organisation_id or 0)
    return list(rows.select_related("region", "municipality"))


def _form(request: SignedInRequest, whose: list[Organisation], practice: Practice) -> ApplyForm:
    own = set(organisations_of(request.user).values_list("pk", flat=True))
    mine = whose[0].municipality
    form = ApplyForm(
        whose,
        contests_for(request.user, now=timezone.now()),
        places_of_all(whose),
        request.POST or None,
        initial={"municipality": str(mine.key) if mine is not None else ""},
        is_own=all(one.pk in own for one in whose),
    )
    if practice.organisation_id is None:
        form.leave_alone()
    return form


def _asked_whom(request: SignedInRequest, practice: Practice) -> HttpResponse:
    """Staff of a centre say for whom they write; who acts for nobody is told who can help."""
    typed = clean_line(request.GET.get("q", ""))[:200]
    theirs = within(request.user)
    found: list[Organisation] = []
    if typed:
        told = search(ORGANISATION, typed, among=theirs, limit=FOUND)
        rows = theirs.select_related("region", "municipality").in_bulk(told.ids)
        found = [rows[pk] for pk in told.ids if pk in rows]
    context = {"practice": practice, "typed": typed, "found": found, "is_staff": theirs.exists()}
    return render(request, "projects/apply_whom.html", context)
