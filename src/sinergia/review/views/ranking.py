"""The ranking of a contest: live, as a file, one application of it, what the council rules."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.tables.cutting import cut
from sinergia.base.tables.export import Value
from sinergia.base.tables.sent import TABLES, table_response
from sinergia.base.ui.acting import is_done
from sinergia.calls.http import in_zone_of
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.packs.rules.schema import Rules
from sinergia.review.actions import ruling as actions
from sinergia.review.forms.course import RatingForm, WhyForm, ranking_form
from sinergia.review.http import hidden_here, run_contest, run_under_rules
from sinergia.review.models import Examination, Exclusion, Expert
from sinergia.review.papers import course as papers
from sinergia.review.queries import moving
from sinergia.review.queries import ranking as queries
from sinergia.review.queries.commission import hidden_examinations
from sinergia.review.queries.ranking import Line, RankingFilter
from sinergia.review.queries.rulings import (
    examination_by,
    exclusion_by,
    expert_by,
    ruling_by,
    rulings_of,
    sheets_of_application,
    suspects_of,
)
from sinergia.review.words import course as words
from sinergia.review.words import explain
from sinergia.review.words.ranking import codes_of, ruled_said, said_of

NO_PLACES = {"place_before": "—", "place_after": "—"}


@require_GET
@for_staff
def ranking(request: StaffRequest, key: UUID) -> HttpResponse:
    """The ranking as it stands at this moment."""
    contest, rules = run_under_rules(request, key)
    return render(request, "review/ranking/ranking.html", _ranking(request, contest, rules))


@require_GET
@for_staff
def ranking_file(request: StaffRequest, key: UUID, form: str) -> HttpResponse:
    """The ranking with the summary of the sheets, exactly what the address asks for, as a file."""
    contest, rules = run_under_rules(request, key)
    if form not in TABLES:
        raise Http404
    head, lines = _lines_of_file(request, contest, rules)
    return table_response(f"ranking.{form}", head, lines, sheet=_("Ranking"))


@require_http_methods(["GET", "POST"])
@for_staff
def rated(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """One application: its sheets, its ratings, and who changed them; the final one is set here."""
    contest, rules = run_under_rules(request, key)
    found, form = _examination(request, contest, row), RatingForm(request.POST or None)

    def act() -> None:
        given = form.cleaned_data | {"actor": request.user, "now": timezone.now()}
        actions.rule_rating(found, given.pop("rating"), rules, **given)

    if is_done(form, act, explain):
        messages.success(request, _("Saved."))
        return redirect("course:rated", key, row)
    with in_zone_of(contest):
        context = _rated(request, contest, rules, found) | {"form": form}
        status = 422 if form.is_bound else 200
        return render(request, "review/ranking/rated.html", context, status=status)


@require_POST
@for_staff
def take_back(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Take a ruling back."""
    found = ruling_by(run_contest(request, key), row)
    if found is None:
        raise Http404
    try:
        actions.take_back(found, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0]))
    else:
        messages.success(request, _("Taken back."))
    return redirect("course:rated", key, found.examination.key)


@require_http_methods(["GET", "POST"])
@for_staff
def exclude(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """What the ranking becomes without an expert's sheets; then they are ignored."""
    contest, rules = run_under_rules(request, key)
    expert, form = _expert(contest, row), WhyForm(request.POST or None)
    made: list[Exclusion] = []

    def act() -> None:
        why, now = form.cleaned_data["why"], timezone.now()
        made.append(actions.exclude_expert(expert, rules, why=why, actor=request.user, now=now))

    if is_done(form, act, explain):
        messages.success(request, _("The expert is excluded; everything is counted anew."))
        return redirect("course:excluded", key, made[0].key)
    context = _exclude(request, contest, rules, expert) | {"form": form}
    status = 422 if form.is_bound else 200
    return render(request, "review/ranking/exclude.html", context, status=status)


@require_GET
@for_staff
def excluded(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """What moved when an expert was excluded."""
    contest = run_contest(request, key)
    found = _exclusion(contest, row)
    moved = words.moved_said(_seen(request, contest, found.moved), get_language() or "ru")
    context = {"contest": contest, "exclusion": found, "expert": found.expert, "moved": moved}
    with in_zone_of(contest):
        return render(request, "review/ranking/excluded.html", context)


@require_POST
@for_staff
def readmit(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Take an exclusion back: the expert's sheets count again."""
    contest, rules = run_under_rules(request, key)
    found = _exclusion(contest, row)
    try:
        actions.readmit_expert(found, rules, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0]))
    else:
        messages.success(request, _("Taken back: the sheets count again."))
    return redirect("course:excluded", key, row)


def _ranking(request: StaffRequest, contest: Contest, rules: Rules) -> dict[str, object]:
    asked = RankingFilter.from_query(request.GET.dict())
    selection = queries.selection_of(contest, rules)
    lines = _asked(request, contest, rules, asked)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = cut(lines, lambda one: one.row.key, after=after, before=before)
    language = get_language() or "ru"
    return {
        "contest": contest,
        "asked": asked,
        "tabs": words.tabs_said(contest, "ranking"),
        "page": page,
        "rows": said_of(page.rows, queries.examinations_by(one.row for one in page.rows), rules),
        "form": ranking_form(asked, rules),
        "query": asked.to_query(),
        "suspects": suspects_of(contest, rules),
        "line": words.rating_said(selection.line, language, rules.scoring.decimals),
        "has_lines": bool(selection.lines),
    }


def _asked(
    request: StaffRequest, contest: Contest, rules: Rules, asked: RankingFilter
) -> list[Line]:
    """Lines that are asked for, without those from which whoever asks is recused."""
    hidden, selection = hidden_here(request, contest), queries.selection_of(contest, rules)
    whole = queries.ranking_of(queries.rows_of(contest), selection, hidden)
    return queries.narrowed(whole, asked, contest, rules)


def _seen(
    request: StaffRequest, contest: Contest, moved: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Of what moved, that from which whoever asks is not recused, then without places.

    They were counted with all: beside those of the ranking they would tell where the hidden stand.
    """
    hidden = hidden_examinations(request.user, contest).order_by()
    codes = set(hidden.values_list("code", flat=True))
    if not codes:
        return list(moved)
    return [{**one, **NO_PLACES} for one in moved if one["code"] not in codes]


def _lines_of_file(
    request: StaffRequest, contest: Contest, rules: Rules
) -> tuple[list[str], Iterator[list[Value]]]:
    lines = _asked(request, contest, rules, RankingFilter.from_query(request.GET.dict()))
    sheets = queries.sheets_by_application(contest)
    experts = queries.experts_by_sheets(contest)
    rows = queries.examinations_by(one.row for one in lines)
    told = papers.ranking_lines(lines, rows, sheets, experts, codes_of(rules))
    return papers.ranking_head(experts), told


def _rated(
    request: StaffRequest, contest: Contest, rules: Rules, found: Examination
) -> dict[str, object]:
    selection, hidden = queries.selection_of(contest, rules), hidden_here(request, contest)
    whole = queries.ranking_of(queries.rows_of(contest), selection, hidden)
    line = next((one for one in whole if one.row.pk == found.pk), None)
    decimals = rules.scoring.decimals
    sheets = sheets_of_application(found)
    return {
        "contest": contest,
        "examination": found,
        "said": said_of([line], {found.pk: found}, rules)[0] if line is not None else None,
        "sheets": [(one, words.rating_said(one.rating, decimals=decimals)) for one in sheets],
        "rulings": ruled_said(rulings_of(found), rules),
    }


def _exclude(
    request: StaffRequest, contest: Contest, rules: Rules, expert: Expert
) -> dict[str, object]:
    language, hidden = get_language() or "ru", hidden_here(request, contest)
    told = moving.moved_without(expert, rules, hidden)
    moved = [vars(one) for one in told.read]
    return {
        "contest": contest,
        "expert": expert,
        "held": getattr(expert, "held", 0),
        "most": rules.review.unfounded_most,
        "moved": words.moved_said(moved, language),
        "others": words.more_said(told.moved, language) if told.moved else "",
    }


def _examination(request: StaffRequest, contest: Contest, key: UUID) -> Examination:
    found = examination_by(contest, key)
    if found is None or found.pk in hidden_here(request, contest):
        raise Http404
    return found


def _expert(contest: Contest, key: UUID) -> Expert:
    found = expert_by(contest, key)
    if found is None:
        raise Http404
    return found


def _exclusion(contest: Contest, key: UUID) -> Exclusion:
    found = exclusion_by(contest, key)
    if found is None:
        raise Http404
    return found
