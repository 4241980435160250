"""A project told as a practice."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sinergia.engine.refusal import Refused
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.projects.actions.into_practice import make_practice
from sinergia.projects.http import project_of
from sinergia.projects.words import explain


@require_POST
@for_signed_in
def into_practice(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Begin a practice with the texts of a project, and go to its card."""
    project, now = project_of(request, key), timezone.now()
    told_by = project.told_by or project.organisation.name
    try:
        made = make_practice(project, told_by=told_by, actor=request.user, now=now)
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0]))
        return redirect("projects:project", key)
    messages.success(request, _("The practice is begun with the texts of the project."))
    return redirect("practices:section", made.key, "card")
