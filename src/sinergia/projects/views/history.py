"""Earlier versions of a project: seen, named, brought back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.drafts.actions import texts_of
from sinergia.base.tables.paging import Order, page_of
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.people.queries import names_of
from sinergia.projects.actions import history as actions
from sinergia.projects.forms.starting import NameForm
from sinergia.projects.http import project_of
from sinergia.projects.models import Project, Revision
from sinergia.projects.queries.writing import written
from sinergia.projects.words.differences import differences


@require_http_methods(["GET", "POST"])
@for_signed_in
def history(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Versions of a project, the latest first; one as it stands can be kept under a name."""
    project, form = project_of(request, key), NameForm(request.POST or None)
    if form.is_bound and form.is_valid():
        name = form.cleaned_data["name"]
        actions.keep_revision(project, name, actor=request.user, now=timezone.now())
        messages.success(request, _("The version is kept."))
        return redirect("projects:history", key)
    order = Order("id", is_descending=True)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(project.revisions.all(), order=order, after=after, before=before)
    names = names_of(row.by for row in page.rows)
    rows = [(row, names.get(row.by, "")) for row in page.rows]
    context = {"project": project, "page": page, "rows": rows, "form": form}
    return render(request, "projects/history.html", context, status=422 if form.is_bound else 200)


@require_GET
@for_signed_in
def revision(request: SignedInRequest, key: UUID, version: UUID) -> HttpResponse:
    """An earlier version beside what stands now: each text that differs."""
    project = project_of(request, key)
    found = _version(project, version)
    told = written(project)
    then = texts_of(found)
    context = {
        "project": project,
        "revision": found,
        "differences": differences(then, told),
    }
    return render(request, "projects/revision.html", context)


@require_POST
@for_signed_in
def restore(request: SignedInRequest, key: UUID, version: UUID) -> HttpResponse:
    """Bring an earlier version back; what stands now is kept as one first."""
    project = project_of(request, key)
    found = _version(project, version)
    actions.restore(found, actor=request.user, now=timezone.now())
    messages.success(request, _("The earlier version is back. What stood here is kept, too."))
    return redirect("projects:project", key)


def _version(project: Project, key: UUID) -> Revision:
    found = project.revisions.filter(key=key).first()
    if found is None:
        raise Http404
    return found
