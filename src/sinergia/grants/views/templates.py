"""A centre's own form of the agreement of a contest: taken in, looked through, given out."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.files.http import receive, respond_with
from sinergia.base.files.models import Upload
from sinergia.base.tables.sent import file_response
from sinergia.base.ui.acting import is_done
from sinergia.calls.http import our_contest
from sinergia.engine.refusal import Gap, Refused
from sinergia.grants.actions import signing
from sinergia.grants.forms.signing import TemplateForm
from sinergia.grants.papers.agreement import KNOWN, TABLES, TYPED, form_docx, gaps_of_form
from sinergia.grants.queries.agreement import bytes_of, template_of
from sinergia.grants.words import explain
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.review.http import run_contest


@require_http_methods(["GET", "POST"])
@for_staff
def template(request: StaffRequest, key: UUID) -> HttpResponse:
    """A centre's own form of the agreement of a contest."""
    contest, now = run_contest(request, key), timezone.now()
    form = TemplateForm(request.POST or None, receive(request, TemplateForm, now=now))
    if request.POST.get("act") == "remove":
        signing.keep_template(contest, None, actor=request.user, now=now)
        return redirect("grants:template", key)
    keep = partial(signing.keep_template, contest, actor=request.user, now=now)
    if is_done(form, lambda: keep(_looked_through(form.cleaned_data["file"])), explain):
        messages.success(request, _("The form is kept: agreements of the contest are made by it."))
        return redirect("grants:template", key)
    context = {"contest": contest, "form": form, "held": template_of(contest), "places": _places()}
    return render(request, "grants/template.html", context, status=422 if form.is_bound else 200)


@require_GET
@for_staff
def template_file(request: StaffRequest, key: UUID) -> HttpResponseBase:
    """The form that is used now: the centre's own, or the one that comes with the site."""
    contest = our_contest(request, key)
    held = template_of(contest)
    if held is not None:
        return respond_with(held.file, asked=request.headers)
    content = form_docx(language=get_language() or "ru", now=timezone.now())
    return file_response(content, "agreement-form.docx")


def _places() -> list[tuple[str, list[str]]]:
    """Named places by who fills them, as they are written."""
    return [
        (_("The site fills"), [f"{{{name}}}" for name in KNOWN]),
        (_("A person fills"), [f"{{{name}}}" for name in TYPED]),
        (_("A table"), [f"{{{name}}}" for name in TABLES]),
    ]


def _looked_through(upload: Upload) -> Upload:
    """The form again. Raises Refused where it has places that nobody knows."""
    if upload.file is None:
        raise Refused([Gap("template.not_docx", "file")])
    gaps = gaps_of_form(bytes_of(upload.file))
    if gaps:
        raise Refused(gaps)
    return upload
