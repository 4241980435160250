"""The list of a contest whose intake is elsewhere: looked through first, then taken over."""

from typing import Any
from uuid import UUID

from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sinergia.applications.access import may_register
from sinergia.applications.actions.rows import FiledRow
from sinergia.applications.actions.taking_in_steps import start_taking_over
from sinergia.applications.actions.taking_over import Takeover, takeover_of
from sinergia.applications.forms.taking_over import ListForm
from sinergia.applications.queries.taking_over import last_list_of
from sinergia.applications.reading import LIST, read_list
from sinergia.applications.words import explain
from sinergia.base.tables.actions import digest_of, kept_file
from sinergia.base.tables.models import Load
from sinergia.base.tables.pages import is_open, kept_upload
from sinergia.base.tables.reading import Unreadable
from sinergia.base.tables.words import explain_failure, explain_unreadable
from sinergia.calls.http import our_contest
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.people.http import is_fragment

SALT = "applications.take_over"
SHOWN = 50  # rows that cannot be taken over, on the page


@require_http_methods(["GET", "POST"])
@for_staff
def take_over(request: StaffRequest, key: UUID) -> HttpResponse:
    """Look a list through; have taken over what can be, and see how far it is."""
    contest = _contest(request, key)
    if is_fragment(request):
        state = _state(contest) | {"contest": contest}
        return render(request, "applications/screening/_taking.html", state)
    if request.method == "POST" and "list" in request.POST:
        return _begun(request, contest)
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
    return {"list": _named(contest, digest)} | _said(takeover_of(contest, rows))


def _begun(request: StaffRequest, contest: Contest) -> HttpResponse:
    """Have the list taken over that was looked through, or gone on with."""
    digest, rows = _list_named(request, contest)
    try:
        start_taking_over(contest, rows, digest=digest, actor=request.user, now=timezone.now())
    except Refused as refusal:
        said = {"refused": [explain(gap.code) for gap in refusal.gaps]}
        return _page(request, contest, ListForm(), said, status=422)
    return redirect("applications:take_over", contest.call.key)


def _list_named(request: StaffRequest, contest: Contest) -> tuple[str, list[FiledRow]]:
    """The rows of a list that was looked through for this contest, and where the file lies."""
    try:
        key, digest = signing.loads(request.POST["list"], salt=SALT)
        path = kept_file(digest)
        if key != str(contest.call.key) or not path.exists():
            raise Http404
        return digest, read_list(path, contest.call.fund.currency)
    except (signing.BadSignature, ValueError, TypeError, Unreadable) as fault:
        raise Http404 from fault


def _state(contest: Contest) -> dict[str, Any]:
    """How far the last list is, or what came of it; nothing where there was none."""
    load = last_list_of(contest)
    if load is None:
        return {}
    is_done, is_broken_off = load.stage == Load.Stage.DONE, is_open(load)
    return {
        "load": load,
        "is_under_way": not is_done and not is_broken_off,
        "problem": explain_failure("broken_off") if is_broken_off else "",
        "unfinished": _named(contest, load.file_digest) if is_broken_off else "",
        "made": load.counts.get("created", 0),
    }


def _named(contest: Contest, digest: str) -> str:
    return signing.dumps([str(contest.call.key), digest], salt=SALT)


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
    context = _state(contest) | {"contest": contest, "form": form} | told
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
