"""The list of a contest whose intake is elsewhere: looked through first, then taken over."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sinergia.applications.access import may_register
from sinergia.applications.actions.rows import FiledRow
from sinergia.applications.actions.taking_over import Takeover, takeover_of
from sinergia.applications.actions.taking_over import take_over as take_over_rows
from sinergia.applications.forms.taking_over import ListForm
from sinergia.applications.reading import LIST, read_list
from sinergia.applications.words import explain
from sinergia.base.tables.actions import digest_of, kept_file
from sinergia.base.tables.pages import kept_upload
from sinergia.base.tables.reading import Unreadable
from sinergia.base.tables.words import explain_unreadable
from sinergia.base.ui.templatetags.figures import count
from sinergia.calls.http import our_contest
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.organisations.http import StaffRequest, for_staff

SALT = "applications.take_over"
SHOWN = 50  # rows that cannot be taken over, on the page


@require_http_methods(["GET", "POST"])
@for_staff
def take_over(request: StaffRequest, key: UUID) -> HttpResponse:
    """Look a list through; take over what can be."""
    contest = _contest(request, key)
    if request.method == "POST" and "list" in request.POST:
        return _taken(request, contest)
    form = ListForm(request.POST or None, request.FILES or None)
    told: dict[str, Any] = {}
    if form.is_valid():
        try:
            told = _looked(contest, form)
        except Unreadable as fault:
            form.add_error("file", explain_unreadable(fault))
    return _page(request, contest, form, told)


def _looked(contest: Contest, form: ListForm) -> dict[str, Any]:
    """What would become of a file, and the file's name among those that are kept, signed."""
    with kept_upload(form.cleaned_data["file"], LIST) as path:
        rows = read_list(path, contest.call.fund.currency)
        digest = digest_of(path)
    named = signing.dumps([str(contest.call.key), digest], salt=SALT)
    return {"list": named} | _said(takeover_of(contest, rows))


def _taken(request: StaffRequest, contest: Contest) -> HttpResponse:
    """Take over the list that was looked through."""
    try:
        told = take_over_rows(
            contest, _rows(request, contest), actor=request.user, now=timezone.now()
        )
    except Refused as refusal:
        form = ListForm()
        said = {"refused": [explain(gap.code) for gap in refusal.gaps]}
        return _page(request, contest, form, said, status=422)
    number = len(told.fresh)
    words = ngettext("%(n)s application taken over.", "%(n)s applications taken over.", number)
    messages.success(request, words % {"n": count(number)})
    return redirect("applications:came_in", contest.call.key)


def _rows(request: StaffRequest, contest: Contest) -> list[FiledRow]:
    """The rows of a list that was looked through for this contest."""
    try:
        key, digest = signing.loads(request.POST["list"], salt=SALT)
        path = kept_file(digest)
        if key != str(contest.call.key) or not path.exists():
            raise Http404
        return read_list(path, contest.call.fund.currency)
    except (signing.BadSignature, ValueError, TypeError, Unreadable) as fault:
        raise Http404 from fault


def _said(told: Takeover) -> dict[str, Any]:
    return {
        "takeover": told,
        "strange": told.strange[:SHOWN],
        "taken": told.taken[:SHOWN],
        "unread": told.unread[:SHOWN],
    }


def _page(
    request: StaffRequest,
    contest: Contest,
    form: ListForm,
    told: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"contest": contest, "form": form} | told
    is_refused = form.is_bound and not form.is_valid()
    return render(
        request,
        "applications/screening/take_over.html",
        context,
        status=422 if is_refused else status,
    )


def _contest(request: StaffRequest, key: UUID) -> Contest:
    found = our_contest(request, key)
    if found.intake != Contest.Intake.ELSEWHERE or not may_register(request.user, found):
        raise Http404
    return found
