"""Files of a practice: added, given out, taken away."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sinergia.base.files.forms import FileForm
from sinergia.base.files.http import receive, respond_with
from sinergia.base.ui.acting import is_done
from sinergia.packs.practices import FIELDS
from sinergia.people.http import SignedInRequest, for_everyone, for_signed_in, reader_of
from sinergia.practices.actions import files as actions
from sinergia.practices.http import practice_of
from sinergia.practices.models import Practice, PracticeFile
from sinergia.practices.queries.files import file_for
from sinergia.practices.words import explain
from sinergia.practices.words.fields import HELPS, LABELS
from sinergia.practices.words.outline import SECTION_OF


@require_http_methods(["GET", "POST"])
@for_signed_in
def add(request: SignedInRequest, key: UUID, field: str) -> HttpResponse:
    """Put a file beside a field."""
    practice, now = practice_of(request, key), timezone.now()
    if FIELDS.get(field) != "files":
        raise Http404
    form = FileForm(request.POST or None, receive(request, FileForm, now=now))

    def attach() -> None:
        upload = form.cleaned_data["file"]
        actions.attach(practice, field, upload, actor=request.user, now=now)

    if is_done(form, attach, explain):
        messages.success(request, _("The file is added."))
        return redirect(_place(practice, field))
    context = {"practice": practice, "form": form, "title": LABELS[field], "help": HELPS[field]}
    context["back"] = _place(practice, field)
    return render(request, "practices/file.html", context, status=422 if form.is_bound else 200)


@require_safe
@for_everyone
def file(request: HttpRequest, key: UUID, row: UUID) -> HttpResponseBase:
    """A file of a practice, to be saved: a public one by everybody, the rest by its writers."""
    found = file_for(reader_of(request), key, row)
    if found is None:
        raise Http404
    return respond_with(found.file, asked=request.headers)


@require_http_methods(["GET", "POST"])
@for_signed_in
def remove(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Take a file away, after asking once more."""
    practice = practice_of(request, key)
    found = _attached(practice, row)
    back = _place(practice, found.field)
    if request.method == "GET":
        context = {"practice": practice, "attached": found, "back": back}
        return render(request, "practices/remove_file.html", context)
    actions.take_off(found, actor=request.user, now=timezone.now())
    messages.success(request, _("The file is taken out."))
    return redirect(back)


def _attached(practice: Practice, key: UUID) -> PracticeFile:
    rows = practice.files.filter(removed_at=None).select_related("file", "practice")
    found = rows.filter(key=key).first()
    if found is None:
        raise Http404
    return found


def _place(practice: Practice, field: str) -> str:
    section = reverse("practices:section", args=[practice.key, SECTION_OF[field]])
    return f"{section}#b-{field}"
