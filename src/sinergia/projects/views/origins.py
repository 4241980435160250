"""What a project took from a practice, and what it does otherwise, text by text."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.practices.words.catalogue import audience_name
from sinergia.projects.access import may_share
from sinergia.projects.actions import adopting
from sinergia.projects.http import project_of
from sinergia.projects.models import Project
from sinergia.projects.queries import adopting as queries
from sinergia.projects.queries.projects import projects_of
from sinergia.projects.queries.writing import written
from sinergia.projects.words.adopting import differences_of, place_of


@require_GET
@for_signed_in
def origin(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Every text that was taken beside what stands there now, and what is new."""
    found = projects_of(request.user).filter(key=key).first()
    is_own = found is not None
    found = found or queries.opened_to(request.user).filter(key=key).first()
    if found is None:
        raise Http404
    may_open = is_own and may_share(request.user, found)
    context = _told(found) | {"is_own": is_own, "may_open": may_open}
    return render(request, "projects/origin.html", context)


@require_POST
@for_signed_in
def show(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Let the authors of the practice read the differences, or no longer."""
    found, is_open = project_of(request, key), request.POST.get("to") == "authors"
    adopting.open_project(found, is_open=is_open, actor=request.user, now=timezone.now())
    said = _("The authors of the practice can read this page now.")
    messages.success(request, said if is_open else _("The authors read this page no more."))
    return redirect("projects:origin", key)


@require_POST
@for_signed_in
def part(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Say no longer that the project does the practice."""
    found = project_of(request, key)
    adopting.part_project(found, actor=request.user, now=timezone.now())
    messages.success(
        request, _("The project stands by itself now; where its texts came from stays known.")
    )
    return redirect("projects:project", key)


def _told(project: Project) -> dict[str, object]:
    """The texts that were taken, those that are otherwise apart, and what is new."""
    texts = written(project).values
    compared = queries.compared_with(project, audience_name)
    return {
        "project": project,
        "changed": differences_of([one for one in compared if one.is_changed], texts),
        "same": differences_of([one for one in compared if not one.is_changed], texts),
        "new": [(place_of(path, texts), text) for path, text in queries.new_in(project)],
        "taken": queries.taken_of(project).first(),
    }
