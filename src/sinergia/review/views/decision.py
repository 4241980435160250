"""The ranking and its line: looked at, put before the commission, written down."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.applications.http import theirs
from sinergia.base.tables.paging import PAGE_SIZE
from sinergia.base.ui.acting import is_done, tell_gaps
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_of
from sinergia.engine.refusal import Refused
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.packs.rules import Rules
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.people.models import Person
from sinergia.projects.access import may_submit
from sinergia.review.actions import deciding
from sinergia.review.actions.items import put_item
from sinergia.review.forms.decision import LessForm, MoveForm, ResultsForm
from sinergia.review.http import hidden_here, run_contest
from sinergia.review.models import Examination, Publication, Sitting
from sinergia.review.queries import decision as queries
from sinergia.review.queries.decision import Ranked, Ranking
from sinergia.review.queries.examinations import examinations_of
from sinergia.review.queries.results import ResultsFilter
from sinergia.review.queries.sittings import lines_of
from sinergia.review.words import explain
from sinergia.review.words.commission import question_of
from sinergia.review.words.decision import lines_said, ranking_tiles, rows_said

SIZE = PAGE_SIZE


@dataclass(frozen=True)
class Slice:
    """A page of the ranking, as the pager takes it: keys are places of the list."""

    rows: Sequence[Ranked]
    next_key: str = ""
    previous_key: str = ""


ASKED_AS = {"line": "below", "budget": "short"}  # what decided, as the filter names it


@require_GET
@for_staff
def decision(request: StaffRequest, key: UUID) -> HttpResponse:
    """The ranking with the sum running down, the line, what the commission adopted."""
    contest = run_contest(request, key)
    kept = rules_of(contest)
    if kept is None:
        raise Http404
    adopted = queries.adopted_in(contest)
    ranking = queries.ranking_of(contest, kept.rules, adopted.proposals, _words(request))
    context = _ranked(request, contest, kept.rules, ranking)
    context |= {"contest": contest} | _written(contest, adopted, ranking, kept.rules)
    return render(request, "review/decision/decision.html", context)


@require_POST
@for_staff
def decide(request: StaffRequest, key: UUID) -> HttpResponse:
    """Write the list that a sitting adopted."""
    contest, wanted = run_contest(request, key), request.POST.get("sitting", "")
    lists = queries.adopted_in(contest).lists
    item = next((one for one in lists if str(one.sitting.key) == wanted), None)
    if item is None:
        raise Http404
    try:
        now = timezone.now()
        written = deciding.decide_contest(contest, item.sitting, actor=request.user, now=now)
        told = _("The decision is written. Rows that are new or changed: %(count)s.")
        messages.success(request, told % {"count": written})
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    return redirect("decision:decision", key)


@require_http_methods(["GET", "POST"])
@for_staff
def proposal(request: StaffRequest, key: UUID, row: UUID, kind: str) -> HttpResponse:
    """Put a move across the line, or a smaller sum, before the commission."""
    contest = run_contest(request, key)
    examination = _examination(request, contest, row, kind)
    form = _form(request, examination, kind, list(queries.sittings_open(contest)))

    if is_done(form, lambda: _put(form, examination, kind, request.user), explain):
        messages.success(request, _("It is on the agenda of the sitting."))
        return redirect("decision:decision", key)
    context = {"contest": contest, "examination": examination, "kind": kind, "form": form}
    context["items"] = list(queries.items_about(examination)[:20])
    status = 422 if form.is_bound else 200
    return render(request, "review/decision/proposal.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_signed_in
def choice(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Which of its applications an organisation would have, if several pass."""
    submission = theirs(request, key)
    found = queries.examination_behind(submission)
    if found is None:
        raise Http404
    rows = list(queries.siblings_of(found))
    refused = _choose(request, rows) if request.method == "POST" else []
    if request.method == "POST" and not refused:
        messages.success(request, _("Saved."))
        return redirect("decision:choice", key)
    context = {"submission": submission, "rows": rows, "refused": refused}
    context["may_choose"] = len(rows) > 1 and may_submit(request.user, submission.project)
    context["is_late"] = queries.is_choosing_over(found.contest, now=timezone.now())
    context |= {"contest": found.contest, "ends": queries.choosing_ends(found.contest)}
    status = 422 if refused else 200
    return render(request, "review/decision/choice.html", context, status=status)


def _choose(request: SignedInRequest, rows: Sequence[Examination]) -> list[str]:
    """Choose one of the rows; what a rule has against it."""
    wanted = next((one for one in rows if str(one.key) == request.POST.get("row", "")), None)
    if wanted is None:
        raise Http404
    try:
        deciding.choose_application(wanted, actor=request.user, now=timezone.now())
    except Refused as refusal:
        return [explain(gap) for gap in refusal.gaps]
    return []


def _words(request: HttpRequest) -> str:
    return ResultsFilter.from_query(request.GET.dict()).q


def _written(
    contest: Contest, adopted: queries.Adopted, ranking: Ranking, rules: Rules
) -> dict[str, Any]:
    """What was adopted and written down, and whether that still is what the rules come to."""
    lists = adopted.lists
    is_decided = any(one.is_written for one in lists)
    is_open = is_decided and lists[0].told in ("", Publication.Stage.PREPARED)
    return {
        "lists": lists[:5],
        "is_decided": is_decided,
        "approve_by": None if is_decided else queries.approve_by(contest, lists, rules),
        "is_published": bool(lists) and lists[0].told == Publication.Stage.PUBLISHED,
        "unwritten": queries.unwritten_of(contest, ranking) if is_open else 0,
    }


def _ranked(
    request: StaffRequest, contest: Contest, rules: Rules, whole: Ranking
) -> dict[str, Any]:
    """The rows of a page of the ranking, its figures and lines, what its filter offers."""
    language = get_language() or "ru"
    asked = ResultsFilter.from_query(request.GET.dict())
    hidden = hidden_here(request, contest)
    ranking = queries.seen_in(whole, hidden)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = _slice(_asked(ranking, asked), after=_place(after), before=_place(before))
    examinations = queries.examinations_shown([one.examination for one in page.rows])
    return {
        "page": page,
        "rows": rows_said(page.rows, examinations, contest.call.key),
        "ranking": ranking,
        "hidden": len(hidden),
        "tiles": ranking_tiles(ranking, rules.currency),
        "lines": lines_said(queries.lines_of(ranking), rules, language),
        "currency": rules.currency,
        "asked": asked,
        "query": asked.to_query(),
        "form": ResultsForm(asked, rules, language, is_told=False),
    }


def _examination(request: StaffRequest, contest: Contest, key: UUID, kind: str) -> Examination:
    whole = ("submission__frozen__rules", "submission__project")
    found = examinations_of(contest).select_related(*whole).filter(key=key).first()
    if found is None or kind not in ("move", "less") or found.pk in hidden_here(request, contest):
        raise Http404
    return found


def _put(form: MoveForm | LessForm, about: Examination, kind: str, actor: Person) -> None:
    """Put what was typed on the agenda."""
    given = form.given(about, question_of(kind, about, is_back=form.is_back))
    put_item(form.chosen(), given, actor=actor, now=timezone.now())


def _form(
    request: StaffRequest, examination: Examination, kind: str, sittings: Sequence[Sitting]
) -> MoveForm | LessForm:
    typed = request.POST if request.method == "POST" else None
    if kind == "move":
        return MoveForm(sittings, typed)
    return LessForm(lines_of(examination), examination.submission.currency, sittings, typed)


def _asked(ranking: Ranking, asked: ResultsFilter) -> list[Ranked]:
    """Rows of the ranking that are asked for."""
    return [
        one
        for one in ranking.rows
        if (ranking.found is None or one.examination in ranking.found)
        and (not asked.category or one.candidate.category == asked.category)
        and asked.outcome in ("", one.placed.outcome, ASKED_AS.get(one.placed.why, one.placed.why))
    ]


def _slice(rows: Sequence[Ranked], *, after: int, before: int) -> Slice:
    """Rows after a place of the list, or before one, or the first."""
    first = bisect_right(rows, after, key=_at)
    if before:
        first = max(0, bisect_left(rows, before, key=_at) - SIZE)
    some = rows[first : first + SIZE]
    return Slice(
        some,
        next_key=str(some[-1].placed.at) if some and first + SIZE < len(rows) else "",
        previous_key=str(some[0].placed.at) if some and first else "",
    )


def _at(one: Ranked) -> int:
    return one.placed.at


def _place(text: str) -> int:
    """A place of the list as an address names it; 0 for junk."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
