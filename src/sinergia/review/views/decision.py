"""The ranking and its line: looked at, put before the commission, written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.applications.http import theirs
from sinergia.applications.queries.submissions import written_frozen
from sinergia.base.ui.acting import is_done
from sinergia.calls.http import in_zone_of
from sinergia.calls.queries.contests import rules_of
from sinergia.engine.project import Broken
from sinergia.engine.refusal import Refused
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.projects.access import may_submit
from sinergia.review.actions import deciding
from sinergia.review.forms.decision import LessForm, MoveForm, ResultsForm
from sinergia.review.http import run_contest
from sinergia.review.models import Examination, Sitting
from sinergia.review.queries import decision as queries
from sinergia.review.queries.decision import Ranked, Ranking
from sinergia.review.queries.examinations import examinations_of
from sinergia.review.queries.results import ResultsFilter, publication_of
from sinergia.review.words import explain
from sinergia.review.words.decision import lines_said, ranking_tiles, rows_said

SIZE = 50  # rows of a page


@dataclass(frozen=True)
class Slice:
    """A page of the ranking, as the pager takes it: keys are places of the list."""

    rows: Sequence[Ranked]
    next_key: str = ""
    previous_key: str = ""


@require_GET
@for_staff
def decision(request: StaffRequest, key: UUID) -> HttpResponse:
    """The ranking with the sum running down, the line, what the commission adopted."""
    contest, language = run_contest(request, key), get_language() or "ru"
    kept = rules_of(contest)
    if kept is None:
        raise Http404
    ranking = queries.ranking_of(contest, kept.rules)
    asked = ResultsFilter.from_query(request.GET.dict())
    found = queries.found_in(contest, asked.q)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = _slice(_asked(ranking, asked, found), after=_place(after), before=_place(before))
    examinations = queries.examinations_shown([one.examination for one in page.rows])
    context = {
        "contest": contest,
        "page": page,
        "rows": rows_said(page.rows, examinations),
        "ranking": ranking,
        "tiles": ranking_tiles(ranking, kept.rules.currency),
        "lines": lines_said(queries.lines_of(ranking), kept.rules, language),
        "currency": kept.rules.currency,
        "asked": asked,
        "query": asked.to_query(),
        "form": ResultsForm(asked, kept.rules, language),
        "lists": list(queries.lists_adopted(contest)[:5]),
        "is_decided": queries.is_decided(contest),
        "publication": publication_of(contest),
    }
    return render(request, "review/decision/decision.html", context)


@require_POST
@for_staff
def decide(request: StaffRequest, key: UUID) -> HttpResponse:
    """Write the list that a sitting adopted."""
    contest = run_contest(request, key)
    wanted = request.POST.get("sitting", "")
    lists = list(queries.lists_adopted(contest))
    item = next((one for one in lists if str(one.sitting.key) == wanted), None)
    if item is None:
        raise Http404
    try:
        written = deciding.decide_contest(
            contest, item.sitting, actor=request.user, now=timezone.now()
        )
    except Refused as refusal:
        for gap in refusal.gaps:
            messages.error(request, explain(gap))
        return redirect("decision:decision", key)
    told = _("The decision is written. Rows that are new or changed: %(count)s.")
    messages.success(request, told % {"count": written})
    return redirect("decision:decision", key)


@require_http_methods(["GET", "POST"])
@for_staff
def proposal(request: StaffRequest, key: UUID, row: UUID, kind: str) -> HttpResponse:
    """Put a move across the line, or a smaller sum, before the commission."""
    contest = run_contest(request, key)
    examination = examinations_of(contest).filter(key=row).first()
    if examination is None or kind not in ("move", "less"):
        raise Http404
    sittings = list(queries.sittings_open(contest))
    form = _form(request, examination, kind, sittings)

    def act() -> None:
        deciding.propose(
            form.chosen(), examination, form.given(), actor=request.user, now=timezone.now()
        )

    if is_done(form, act, explain):
        messages.success(request, _("It is on the agenda of the sitting."))
        return redirect("decision:decision", key)
    context = {"contest": contest, "examination": examination, "kind": kind, "form": form}
    context |= {"sittings": sittings, "items": list(queries.items_about(examination)[:20])}
    status = 422 if form.is_bound else 200
    with in_zone_of(contest):
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
    refused = []
    if request.method == "POST":
        wanted = next((one for one in rows if str(one.key) == request.POST.get("row", "")), found)
        try:
            deciding.choose_application(wanted, actor=request.user, now=timezone.now())
        except Refused as refusal:
            refused = [explain(gap) for gap in refusal.gaps]
        else:
            messages.success(request, _("Saved."))
            return redirect("decision:choice", key)
    context = {"submission": submission, "rows": rows, "refused": refused}
    context["may_choose"] = len(rows) > 1 and may_submit(request.user, submission.project)
    context["is_late"] = queries.is_told(found.contest)
    status = 422 if refused else 200
    return render(request, "review/decision/choice.html", context, status=status)


def _form(
    request: StaffRequest, examination: Examination, kind: str, sittings: Sequence[Sitting]
) -> MoveForm | LessForm:
    typed = request.POST if request.method == "POST" else None
    if kind == "move":
        return MoveForm(sittings, typed)
    submission = examination.submission
    try:
        lines = written_frozen(submission).document.lines
    except Broken as broken:
        raise Http404 from broken
    return LessForm(lines, submission.asked_minor, submission.currency, sittings, typed)


def _asked(ranking: Ranking, asked: ResultsFilter, found: set[int] | None) -> list[Ranked]:
    """Rows of the ranking that are asked for."""
    return [
        one
        for one in ranking.rows
        if (found is None or one.examination in found)
        and (not asked.category or one.candidate.category == asked.category)
        and asked.outcome in ("", one.placed.outcome, one.placed.why)
    ]


def _slice(rows: Sequence[Ranked], *, after: int, before: int) -> Slice:
    """Rows after a place of the list, or before one, or the first."""
    first = sum(one.placed.at <= after for one in rows)
    if before:
        first = max(0, sum(one.placed.at < before for one in rows) - SIZE)
    some = rows[first : first + SIZE]
    return Slice(
        some,
        next_key=str(some[-1].placed.at) if some and first + SIZE < len(rows) else "",
        previous_key=str(some[0].placed.at) if some and first else "",
    )


def _place(text: str) -> int:
    """A place of the list as an address names it; 0 for junk."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
