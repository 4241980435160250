"""The published result: for everybody, with its files and what proves it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sinergia.base.tables.paging import ordered, page_of
from sinergia.base.tables.sent import TABLES, file_response, table_response
from sinergia.base.tables.sorting import Column, Sorting, sorting_of
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_of
from sinergia.packs.rules import Rules
from sinergia.people.http import for_everyone
from sinergia.review.forms.decision import ResultsForm
from sinergia.review.models import Archive, Award
from sinergia.review.papers import results as papers
from sinergia.review.queries import results as queries
from sinergia.review.queries.archive import found_by, verified
from sinergia.review.queries.decision import running_of
from sinergia.review.queries.results import ResultsFilter
from sinergia.review.words.archive import checks_said, faults_said, rated_said
from sinergia.review.words.decision import line_words, results_tiles

AT = Column("place", "at", gettext_lazy("Place"), kind="num")
TITLE = Column("title", "examination__submission__title_folded", gettext_lazy("Project"))
OWNER = Column(
    "organisation",
    "examination__submission__organisation__name_folded",
    gettext_lazy("Organisation"),
)
RATING = Column("rating", "rating", gettext_lazy("Rating"), is_descending=True, kind="num")
AWARDED = Column(
    "awarded", "awarded_minor", gettext_lazy("Awarded"), is_descending=True, kind="num"
)
COLUMNS = (AT, TITLE, OWNER, RATING, AWARDED)
HUSHED = (  # where ratings are told of winners alone
    replace(AT, column="told_at"),
    replace(TITLE, column="told_title"),
    replace(OWNER, column="told_owner"),
)
CHECKED = 50  # rows of a verification on a page


@require_safe
@for_everyone
def results(request: HttpRequest, key: UUID) -> HttpResponse:
    """Everybody in the order of the list, with sums, reasons, the reserve."""
    contest = _published(key)
    rules, currency = _rules(contest), contest.call.fund.currency
    totals = queries.public_totals(contest, rules)
    context = _list(request, contest, rules) | {
        "contest": contest,
        "publication": queries.publication_of(contest),
        "tiles": results_tiles(totals, contest.budget_minor, currency),
        "line": _line_told(contest, totals, rules),
        "archive": queries.archive_of(contest),
    }
    return render(request, "review/results/results.html", context)


@require_safe
@for_everyone
def results_file(request: HttpRequest, key: UUID, form: str) -> HttpResponse:
    """Exactly the rows that the address asks for, in its order, as a file."""
    contest = _published(key)
    if form not in TABLES:
        raise Http404
    rules = _rules(contest)
    _asked, rows, sorting = _wanted(request, contest, rules)
    told = ordered(rows, sorting.order).iterator(chunk_size=500)
    lines = papers.lines((queries.told(one, rules) for one in told), running_of(contest))
    return table_response(f"results.{form}", papers.head(), lines, sheet=_("Results"))


@require_safe
@for_everyone
def archive(request: HttpRequest, key: UUID) -> HttpResponse:
    """The files by which anybody counts the result anew."""
    kept = queries.archive_of(_published(key))
    if kept is None:
        raise Http404
    return file_response(bytes(kept.content), "contest-archive.zip")


@require_safe
@for_everyone
def verify(request: HttpRequest, key: UUID) -> HttpResponse:
    """Count the result anew from its archive, row by row; find one's own receipt in it."""
    contest = _published(key)
    kept = queries.archive_of(contest)
    context: dict[str, Any] = {"contest": contest, "archive": kept}
    context["is_hushed"] = queries.is_hushed(_rules(contest))
    number = request.GET.get("number", "").strip()[:100]
    if kept is not None and number:
        card, sheets = found_by(bytes(kept.content), number)
        rated = [(one, rated_said(one["rating"])) for one in sheets]
        context |= {"number": number, "card": card, "sheets": rated}
    if kept is not None and "run" in request.GET:
        start, currency = _number(request.GET.get("from", "")), contest.call.fund.currency
        context |= _counted(kept, start, currency)
    return render(request, "review/results/verify.html", context)


def _counted(kept: Archive, start: int, currency: str) -> dict[str, Any]:
    """What counting anew shows, and the rows of a page of it."""
    report = verified(bytes(kept.content), kept.root)
    end = start + CHECKED
    return {
        "report": report,
        "faults": faults_said(report.faults[:CHECKED]),
        "checks": checks_said(report.rows[start:end], currency),
        "next": end if end < len(report.rows) else 0,
        "previous": start >= CHECKED,
        "before": start - CHECKED,
    }


def _line_told(
    contest: Contest, totals: queries.Totals, rules: Rules | None
) -> list[tuple[str, str]]:
    if rules is None:
        return []
    currency, language = contest.call.fund.currency, get_language() or "ru"
    return line_words(totals, rules, contest.budget_minor, currency, language)


def _rules(contest: Contest) -> Rules | None:
    kept = rules_of(contest)
    return kept.rules if kept is not None else None


def _wanted(
    request: HttpRequest, contest: Contest, rules: Rules | None
) -> tuple[ResultsFilter, QuerySet[Award], Sorting]:
    """What is asked as far as the rules let everybody ask it, its rows, and their order."""
    asked = ResultsFilter.from_query(request.GET.dict()).told_by(rules)
    rows, sort = queries.shown(queries.results(contest, asked)), request.GET.get("sort", "")
    if queries.is_hushed(rules):
        return asked, queries.with_told_order(rows), sorting_of(HUSHED, sort)
    return asked, rows, sorting_of(COLUMNS, sort)


def _list(request: HttpRequest, contest: Contest, rules: Rules | None) -> dict[str, Any]:
    """The rows of a page, what its filter offers, the addresses that change it."""
    asked, rows, sorting = _wanted(request, contest, rules)
    sort = "" if sorting == sorting_of(sorting.columns, "") else sorting.query
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(rows, order=sorting.order, after=after, before=before)
    running, language = running_of(contest), get_language() or "ru"
    return {
        "page": page,
        "rows": [(queries.told(one, rules), running.get(one.at)) for one in page.rows],
        "is_hushed": queries.is_hushed(rules),
        "form": ResultsForm(asked, rules, language, sort=sort),
        "asked": asked,
        "query": asked.to_query(sort=sort),
        "heads": sorting.heads({one: "?" + asked.to_query(sort=one) for one in sorting.sorts()}),
    }


def _published(key: UUID) -> Contest:
    found = queries.published_contests().filter(call__key=key).first()
    if found is None:
        raise Http404
    return found


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
