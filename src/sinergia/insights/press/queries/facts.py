"""Facts of a decision, a project and a closed grant that everybody may know, and no others."""

from collections.abc import Sequence
from dataclasses import dataclass

from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_of
from sinergia.grants.models import Closing, Grant, ProjectPage, Result, Role
from sinergia.grants.queries.together import ShownResult, shown_project
from sinergia.packs.rules.schema import Rules
from sinergia.review.models import Award
from sinergia.review.queries.results import (
    OUTCOMES,
    ResultsFilter,
    Totals,
    public_totals,
    results,
    shown,
)


@dataclass(frozen=True)
class Decided:
    """A contest's result. winners: in their order, those who declined are not among them."""

    contest: Contest
    rules: Rules | None
    totals: Totals
    winners: Sequence[Award]


@dataclass(frozen=True)
class Ended:
    """A closed grant with what it reached. closing: none of one that was entered without it."""

    grant: Grant
    closing: Closing | None
    results: Sequence[Result]


@dataclass(frozen=True)
class Announced:
    """A project with its page: what it promises and how one can help."""

    page: ProjectPage
    grant: Grant
    results: Sequence[ShownResult]
    roles: Sequence[Role]


def announced(page: ProjectPage) -> Announced:
    """Read all that a note of a project is made of."""
    grant = page.grant
    shown = shown_project(grant)
    if shown is None:
        return Announced(page, grant, (), ())
    return Announced(page, grant, shown.results, [one.row for one in shown.roles if one.is_open])


def decided(contest: Contest) -> Decided:
    """Read all that a note of a decision is made of."""
    rows = shown(results(contest, ResultsFilter())).filter(OUTCOMES["won"])
    kept = rules_of(contest)
    winners = list(rows.exclude(follow="declined").order_by("at"))
    rules = kept.rules if kept else None
    return Decided(contest, rules, public_totals(contest, rules), winners)


def ended(grant: Grant) -> Ended:
    """Read all that a note of a result is made of."""
    reached = Result.objects.filter(grant=grant).exclude(reached="").order_by("row")
    return Ended(grant, Closing.objects.filter(grant=grant).first(), list(reached))
