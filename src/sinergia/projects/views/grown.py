"""A commitment of a visit becomes a project."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergia.base.ui.acting import is_done
from sinergia.exchange.access import may_change_commitment
from sinergia.exchange.models import Commitment
from sinergia.exchange.queries.commitments import commitments_for
from sinergia.organisations.access import acts_for
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.practices.words.catalogue import audience_name
from sinergia.projects.access import may_begin
from sinergia.projects.actions.adopting import Draft
from sinergia.projects.actions.from_commitment import begin_from_commitment
from sinergia.projects.forms.grown import GrownForm
from sinergia.projects.models import Project
from sinergia.projects.queries.projects import project_from, projects_of
from sinergia.projects.words import explain


@require_http_methods(["GET", "POST"])
@for_signed_in
def from_commitment(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Say what will be made, and make it; one that is there already is opened."""
    row = commitments_for(request.user).filter(key=key).first()
    if row is None or not may_change_commitment(request.user, row):
        raise Http404
    there = project_from(row)
    if there is not None:
        return _opened(request, row, there)
    form = GrownForm(row, request.POST or None, is_own=_is_own(request, row))
    made: list[Project] = []
    may = row.organisation is not None and may_begin(request.user, row.organisation)
    if may and is_done(form, lambda: made.append(_begun(request, row, form)), explain):
        messages.success(request, _("The draft is there. What you type is kept at once."))
        return redirect("projects:project", made[0].key)
    context = {"row": row, "form": form, "may": may}
    return render(request, "projects/grown.html", context, status=422 if form.is_bound else 200)


def _is_own(request: SignedInRequest, row: Commitment) -> bool:
    return row.organisation is not None and acts_for(request.user, row.organisation)


def _begun(request: SignedInRequest, row: Commitment, form: GrownForm) -> Project:
    told = form.cleaned_data
    told_by, now = told.get("told_by", ""), timezone.now()
    draft = Draft(told["key"], audience_name)
    return begin_from_commitment(row, draft, told_by=told_by, actor=request.user, now=now)


def _opened(request: SignedInRequest, row: Commitment, there: Project) -> HttpResponse:
    """The project, for those who may read it; the others learn who writes it."""
    if projects_of(request.user).filter(pk=there.pk).exists():
        return redirect("projects:project", there.key)
    whose = there.organisation.short_name or there.organisation.name
    messages.info(request, _("The project is written by its organisation: %s.") % whose)
    return redirect("commitments:commitment", row.key)
