"""The decision in the words of its pages: figures with their rows, lines, places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from sinergia.base.ui.parts import Tile
from sinergia.base.ui.templatetags.figures import count, money
from sinergia.packs.rules import Rules
from sinergia.review.models import Award
from sinergia.review.queries.decision import Line, Ranked, Ranking, Shown
from sinergia.review.queries.results import Totals, is_hushed
from sinergia.review.words.course import rating_said

NO_KEY = UUID(int=0)  # where a row's key comes in an address
MOVES = ("move", "less")
LONGEST_REASON = 200  # characters of why the commission moved something


@dataclass(frozen=True)
class RowSaid:
    """A row of the ranking as the page prints it. url: of the application.

    move_url, less_url: where a move or a smaller sum is put before the commission.
    """

    shown: Shown
    url: str
    move_url: str
    less_url: str
    place: int
    rating: str
    asked_minor: int
    awarded_minor: int | None  # none where nothing is awarded
    running_minor: int | None  # none where it may not be told
    outcome: str
    why: str
    is_chosen: bool
    is_line: bool  # the first that wins nothing


def why_said(why: str) -> str:
    """What decided about an application, by its code."""
    return {
        "": "",
        "line": _("below the line"),
        "budget": _("the money does not reach it"),
        "organisation": _("another application of the organisation wins"),
        "moved": _("moved by the commission"),
        "unrated": _("no sheet counts"),
    }[why]


def rows_said(
    rows: Sequence[Ranked], examinations: Mapping[int, Shown], call: UUID
) -> list[RowSaid]:
    """Rows of a page; whose examination is gone meanwhile is left out. call: its key."""
    names = {code: str(label) for code, label in Award.Outcome.choices}
    # Looked up once for all rows: to find an address takes as long as to print the rest of a row.
    inside = reverse("applications:screened", args=[NO_KEY])
    move, less = (reverse("decision:proposal", args=[call, NO_KEY, one]) for one in MOVES)
    said: list[RowSaid] = []
    was_won, has_line = False, False
    for one in rows:
        is_line = was_won and one.placed.outcome != "won" and not has_line
        shown = examinations.get(one.examination)
        if shown is not None:
            urls = (_of(inside, shown.submission), _of(move, shown.key), _of(less, shown.key))
            outcome = names[one.placed.outcome]
            said.append(_row_said(one, shown, urls, outcome, is_line=is_line))
            has_line = has_line or is_line
        was_won = one.placed.outcome == "won"
    return said


def _row_said(
    one: Ranked, shown: Shown, urls: tuple[str, str, str], outcome: str, *, is_line: bool
) -> RowSaid:
    placed, why, reason = one.placed, why_said(one.placed.why), one.proposal.reason
    return RowSaid(
        shown,
        *urls,
        place=placed.place,
        rating=rating_said(one.candidate.rating),
        asked_minor=one.candidate.asked_minor,
        awarded_minor=placed.awarded_minor or None,
        running_minor=placed.running_minor or None,
        outcome=f"{outcome} № {placed.reserve}" if placed.reserve else outcome,
        why=f"{why}: {Truncator(reason).chars(LONGEST_REASON)}" if why and reason else why,
        is_chosen=one.candidate.is_chosen,
        is_line=is_line,
    )


def _of(address: str, key: UUID) -> str:
    """An address that names nobody, with a row's key."""
    return address.replace(str(NO_KEY), str(key))


def ranking_tiles(ranking: Ranking, currency: str) -> list[Tile]:
    """Figures above the ranking, each with its rows."""
    budget = ranking.selection.budget_minor
    told = money(ranking.awarded_minor, currency)
    if budget is not None:
        told = _("%(sum)s of %(budget)s") % {"sum": told, "budget": money(budget, currency)}
    numbers = ranking.by_outcome
    return [
        Tile(told, _("awarded"), "?outcome=won"),
        Tile(count(numbers["won"]), _winners(numbers["won"]), "?outcome=won"),
        Tile(count(numbers["reserve"]), _("on the reserve list"), "?outcome=reserve"),
        Tile(count(numbers["lost"]), _("not supported"), "?outcome=lost"),
    ]


def results_tiles(totals: Totals, budget_minor: int | None, currency: str) -> list[Tile]:
    """Figures of a published result, each with its rows."""
    told = money(totals.awarded_minor, currency)
    if budget_minor is not None:
        told = _("%(sum)s of %(budget)s") % {"sum": told, "budget": money(budget_minor, currency)}
    tiles = [
        Tile(count(totals.applications), _judged(totals.applications), "?"),
        Tile(count(totals.won), _winners(totals.won), "?outcome=won"),
        Tile(told, _("awarded by the decision"), "?outcome=won"),
        Tile(count(totals.reserve), _("on the reserve list"), "?outcome=reserve"),
    ]
    if totals.moved:
        tiles.append(Tile(count(totals.moved), _("moved by the commission"), "?outcome=moved"))
    if totals.declined:
        words = npgettext("results", "refusal of a grant", "refusals of a grant", totals.declined)
        tiles.append(Tile(count(totals.declined), words, "?outcome=declined"))
    return tiles


def line_words(
    totals: Totals, rules: Rules, budget_minor: int | None, currency: str, language: str
) -> list[tuple[str, str]]:
    """Where the line was drawn and why: sentences, each with the address of its rows."""
    said = [(_threshold_words(rules, language), "?outcome=below" if totals.below else "")]
    if totals.below:
        number = ngettext(
            "%(count)s application is below it.",
            "%(count)s applications are below it.",
            totals.below,
        )
        said = [(f"{said[0][0]} {number % {'count': count(totals.below)}}", "?outcome=below")]
    if budget_minor is not None and not is_hushed(rules):
        said.append((_money_words(totals, money(budget_minor, currency)), _short_url(totals)))
    if totals.last is not None:
        last = rating_said(totals.last, language)
        words = _("The smallest rating that won without a move by the commission: %(rating)s.")
        said.append((words % {"rating": last}, "?outcome=unmoved&sort=rating"))
    return said


def _threshold_words(rules: Rules, language: str) -> str:
    lines, line = rules.selection.lines, rules.selection.line
    if not lines and line is None:
        return _("The rules set no line: the order of ratings decides.")
    if not lines:
        values = {"line": rating_said(line, language)}
        return _("The line is %(line)s: what is rated lower does not win.") % values
    names = {one.code: one.name.told(language) for one in rules.categories}
    each = [
        f"{names.get(code, code)} — {rating_said(lines.get(code, line), language)}"
        for code in names
        if lines.get(code, line) is not None
    ]
    words = _("The line of each category, below which nothing wins: %(lines)s.")
    return words % {"lines": "; ".join(each)}


def _money_words(totals: Totals, budget: str) -> str:
    if not totals.short:
        words = _("The money of the contest, %(budget)s, was enough for all who passed the line.")
        return words % {"budget": budget}
    words = ngettext(
        "The money of the contest, %(budget)s, goes down the ranking; it did not reach "
        "%(count)s application that passed the line.",
        "The money of the contest, %(budget)s, goes down the ranking; it did not reach "
        "%(count)s applications that passed the line.",
        totals.short,
    )
    return words % {"budget": budget, "count": count(totals.short)}


def _short_url(totals: Totals) -> str:
    return "?outcome=short" if totals.short else ""


def _judged(number: int) -> str:
    return ngettext("application was judged", "applications were judged", number)


def _winners(number: int) -> str:
    return npgettext("results", "winner", "winners", number)


def lines_said(lines: Sequence[Line], rules: Rules, language: str) -> list[tuple[str, str, Line]]:
    """The line of each category: its name, the least rating, its numbers."""
    names = {one.code: one.name.told(language) for one in rules.categories}
    return [(names.get(one.category, one.category), rating_said(one.line), one) for one in lines]
