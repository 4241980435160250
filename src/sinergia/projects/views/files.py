"""Files of a project: added, given out, taken away."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.files.forms import FileForm
from sinergia.base.files.http import receive, respond_with
from sinergia.base.ui.acting import is_done
from sinergia.packs.rules.fields import FIELDS
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.projects.actions import files as actions
from sinergia.projects.http import project_of
from sinergia.projects.models import Attachment, Project
from sinergia.projects.words import explain
from sinergia.projects.words.fields import HELPS, LABELS
from sinergia.projects.words.outline import SECTION_OF


@require_http_methods(["GET", "POST"])
@for_signed_in
def add(request: SignedInRequest, key: UUID, field: str) -> HttpResponse:
    """Put a file beside a field."""
    project, now = project_of(request, key), timezone.now()
    if FIELDS.get(field) != "files":
        raise Http404
    form = FileForm(request.POST or None, receive(request, FileForm, now=now))

    def attach() -> None:
        upload = form.cleaned_data["file"]
        actions.attach(project, field, upload, actor=request.user, now=now)

    if is_done(form, attach, explain):
        messages.success(request, _("The file is added."))
        return redirect(_place(project, field))
    context = {"project": project, "form": form, "title": LABELS[field], "help": HELPS[field]}
    context["back"] = _place(project, field)
    return render(request, "projects/file.html", context, status=422 if form.is_bound else 200)


@require_GET
@for_signed_in
def file(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponseBase:
    """A file of a project, to be saved."""
    found = _attachment(project_of(request, key), row)
    return respond_with(found.file, asked=request.headers)


@require_http_methods(["GET", "POST"])
@for_signed_in
def remove(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Take a file away, after asking once more."""
    project = project_of(request, key)
    found = _attachment(project, row)
    back = _place(project, found.field)
    if request.method == "GET":
        context = {"project": project, "attachment": found, "back": back}
        return render(request, "projects/remove_file.html", context)
    actions.take_off(found, actor=request.user, now=timezone.now())
    messages.success(request, _("The file is taken out."))
    return redirect(back)


def _attachment(project: Project, key: UUID) -> Attachment:
    rows = project.attachments.filter(removed_at=None).select_related("file", "project")
    found = rows.filter(key=key).first()
    if found is None:
        raise Http404
    return found


def _place(project: Project, field: str) -> str:
    return reverse("projects:section", args=[project.key, SECTION_OF[field]]) + f"#b-{field}"
