"""When a result is told and what its letters say: planned, looked at, sent, sent again."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.tables.paging import Order, page_of
from sinergia.base.ui.acting import tell_gaps
from sinergia.calls.http import in_zone_of
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.organisations.forms.opened import is_kept
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.review.actions import publishing, result_letters
from sinergia.review.forms.decision import PublicationForm, said_of
from sinergia.review.http import hidden_here, run_contest
from sinergia.review.models import Award, Publication, ResultLetter
from sinergia.review.queries import letters as queries
from sinergia.review.queries.decision import awards_of, is_decided
from sinergia.review.queries.results import publication_of
from sinergia.review.words import explain
from sinergia.review.words.results import as_read, letters_said, written_out

TO_PHONE = (ResultLetter.State.BROKEN, ResultLetter.State.NOBODY)
STEPS = {
    "set": publishing.set_publication,
    "hold": publishing.hold_publication,
    "now": publishing.publish_now,
}


@require_http_methods(["GET", "POST"])
@for_staff
def publication(request: StaffRequest, key: UUID) -> HttpResponse:
    """Plan when the result is told and what is said with it."""
    contest = run_contest(request, key)
    row = publication_of(contest)
    with in_zone_of(contest):
        form = PublicationForm(request.POST or None, initial=dict(said_of(row)))
        plan = partial(publishing.plan_publication, contest, actor=request.user)
        plan = partial(plan, now=timezone.now())
        if is_kept(form, lambda seen: plan(form.planned(), seen=seen), explain):
            messages.success(request, _("Saved."))
            return redirect("decision:publication", key)
        context = _publication(request, contest, row) | {"form": form}
        status = 422 if form.is_bound else 200
        return render(request, "review/decision/publication.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_staff
def step(request: StaffRequest, key: UUID, name: str) -> HttpResponse:
    """Set the publication for its moment, hold it back, publish at once, which is asked first."""
    contest = run_contest(request, key)
    if name not in STEPS or (request.method == "GET" and name != "now"):
        raise Http404
    if request.method == "GET":
        context = _publication(request, contest, publication_of(contest))
        return render(request, "review/decision/publish_now.html", context)
    act: Callable[..., object] = STEPS[name]
    try:
        act(contest, actor=request.user, now=timezone.now())
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    else:
        messages.success(request, _("Done."))
    return redirect("decision:publication", key)


@require_GET
@for_staff
def letters(request: StaffRequest, key: UUID) -> HttpResponse:
    """Who is told, or was: each with what becomes of the letter."""
    contest = run_contest(request, key)
    told = _sent if _is_told(publication_of(contest)) else _dry
    context = told(request, contest) | {"contest": contest}
    return render(request, "review/decision/letters.html", context)


@require_GET
@for_staff
def letter(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Letters about one application, each as its reader has it."""
    contest = run_contest(request, key)
    award = _award(contest, row)
    if award.examination_id in hidden_here(request, contest):
        raise Http404
    found = publication_of(contest) or Publication(contest=contest)
    said = [(one.reader, *as_read(one)) for one in letters_said(found, queries.readers_of([award]))]
    context = {"contest": contest, "award": award, "letters": said}
    return render(request, "review/decision/letter.html", context)


@require_POST
@for_staff
def again(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Send one letter once more."""
    contest = run_contest(request, key)
    sent = queries.letters_of(contest).filter(key=row).first()
    if sent is None:
        raise Http404
    try:
        said = _letter(contest, sent)
        result_letters.send_again(sent, said, actor=request.user, now=timezone.now())
        messages.success(request, _("The letter goes once more."))
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    return redirect("decision:letters", key)


def _publication(
    request: StaffRequest, contest: Contest, row: Publication | None
) -> dict[str, object]:
    is_told = _is_told(row)
    counts = queries.counted_letters(contest) if is_told else _awaited(request, contest)[1]
    context = {"contest": contest, "publication": row, "counts": counts}
    return context | {"is_decided": is_decided(contest), "is_told": is_told}


def _is_told(row: Publication | None) -> bool:
    return row is not None and row.stage == Publication.Stage.PUBLISHED


def _sent(request: StaffRequest, contest: Contest) -> dict[str, object]:
    """Letters that were queued, of one state or of all."""
    asked = _state(request)
    rows = queries.letters_of(contest)
    rows = rows.filter(state=asked) if asked else rows
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    sent = page_of(rows, order=Order("id"), after=after, before=before)
    owners = {
        one.award.examination.submission.organisation_id
        for one in sent.rows
        if one.state in TO_PHONE
    }
    context = {"sent": sent, "asked": asked, "counts": queries.counted_letters(contest)}
    return context | {"phones": queries.phones_of(owners)}


def _dry(request: StaffRequest, contest: Contest) -> dict[str, object]:
    """Letters as they would go, if the result were told now, of one state or of all."""
    asked, (told, counts) = _state(request), _awaited(request, contest)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    rows = queries.told_of(contest).exclude(examination__in=hidden_here(request, contest))
    if asked:
        rows = rows.filter(pk__in=[pk for pk, state, _number in told if state == asked])
    page = page_of(rows, order=Order("at"), after=after, before=before)
    readers = [one for one in queries.readers_of(page.rows) if asked in ("", one.state)]
    owners = {
        one.award.examination.submission.organisation_id for one in readers if one.state in TO_PHONE
    }
    context = {"page": page, "readers": readers, "phones": queries.phones_of(owners)}
    return context | {"counts": counts, "asked": asked}


def _state(request: StaffRequest) -> str:
    state = request.GET.get("state", "")
    return state if state in ResultLetter.State.values else ""


def _awaited(
    request: StaffRequest, contest: Contest
) -> tuple[list[tuple[int, str, int]], queries.Readers]:
    """Who would be told of what whoever asks may see, and how many they are."""
    told = queries.awaited(contest, hidden_here(request, contest))
    return told, queries.counted_readers(told)


def _letter(contest: Contest, sent: ResultLetter) -> result_letters.Letter:
    """What a reader was told, to the address that they have by now.

    Where they read it no more: of those who do by now, the first who has no letter yet.
    """
    found = publication_of(contest)
    readers = queries.readers_of([_award(contest, sent.award.key)])
    if found is None:
        raise Http404
    told = {one.person for one in queries.letters_of(contest).filter(award=sent.award)}
    theirs = [one for one in readers if one.person == sent.person]
    theirs += [one for one in readers if one.person not in told]
    return written_out(letters_said(found, (theirs or readers)[:1])[0])


def _award(contest: Contest, key: UUID) -> Award:
    if not awards_of(contest).filter(key=key).exists():
        raise Http404
    return queries.told_of(contest).get(key=key)
