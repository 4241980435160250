"""Checks that no machine makes: what a person found is noted and seen."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.applications.actions.checks import note_check
from sinergia.applications.forms.checks import CheckForm
from sinergia.applications.http import ours
from sinergia.applications.models import Submission
from sinergia.applications.queries.checks import check_file, check_of, checks_done, former_checks
from sinergia.applications.words import explain
from sinergia.base.files.http import receive, respond_with
from sinergia.base.ui.acting import is_done
from sinergia.calls.http import in_zone_of
from sinergia.calls.queries.contests import day_of, rules_kept
from sinergia.organisations.http import StaffRequest, for_staff


@require_http_methods(["GET", "POST"])
@for_staff
def check(request: StaffRequest, key: UUID, code: str) -> HttpResponse:
    """Note what was found."""
    now, found = timezone.now(), _with_check(request, key, code)
    files = receive(request, CheckForm, now=now)
    form = CheckForm(request.POST or None, files, initial={"looked_on": day_of(now, found.contest)})

    def act() -> None:
        upload = form.cleaned_data["file"]
        note_check(found, form.found(code), upload=upload, actor=request.user, now=now)

    if is_done(form, act, lambda gap: explain(gap.code)):
        messages.success(request, _("Noted."))
        return redirect("applications:screened", key)
    context, status = _told(found, code) | {"form": form}, 422 if form.is_bound else 200
    with in_zone_of(found.contest):
        return render(request, "applications/screening/check.html", context, status=status)


@require_GET
@for_staff
def file(request: StaffRequest, key: UUID, row: UUID) -> HttpResponseBase:
    """A file that was added to a check."""
    kept = check_file(ours(request, key), row)
    if kept is None or kept.file is None:
        raise Http404
    return respond_with(kept.file, asked=request.headers)


def _with_check(request: StaffRequest, key: UUID, code: str) -> Submission:
    """A submission whose rules ask for a check; asked before any file is taken in."""
    found = ours(request, key)
    if check_of(rules_kept(found.frozen.rules), code) is None:
        raise Http404
    return found


def _told(found: Submission, code: str) -> dict[str, object]:
    """The check as the rules word it, what stands and what stood."""
    named = check_of(rules_kept(found.frozen.rules), code)
    return {
        "submission": found,
        "text": named.text.told(get_language() or "ru") if named is not None else "",
        "done": checks_done(found).get(code),
        "former": list(former_checks(found, code)[:50]),
    }
