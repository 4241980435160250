"""What rules must hold beyond the shape of their values."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Protocol

from sinergia.packs.rules.faults import Fault
from sinergia.packs.rules.fields import ANSWERS, APPLICANT, FIELDS, NAMED, ROWS, SUMS, cells_asked
from sinergia.packs.rules.schema import Category, FieldRule, Question, Rules

MOST = {
    "directions": 100,
    "categories": 20,
    "questions": 200,
    "refusals": 50,
    "checks": 100,
    "scoring.criteria": 50,
    "budget.articles": 100,
    "choices": 100,
    "grants.conditions": 50,
    "grants.grades": 20,
}


class Coded(Protocol):
    """Something with a code."""

    @property
    def code(self) -> str:
        """By which it is named elsewhere."""


def faults_of(rules: Rules) -> Iterator[Fault]:
    """Every fault of rules whose values are of the right kind."""
    lists: dict[str, Sequence[Coded]] = {
        "directions": rules.directions,
        "categories": rules.categories,
        "questions": rules.questions,
        "refusals": rules.refusals,
        "checks": rules.checks,
        "scoring.criteria": rules.scoring.criteria,
        "budget.articles": rules.budget.articles,
        "grants.conditions": rules.grants.conditions,
        "grants.grades": rules.grants.grades,
    }
    for place, things in lists.items():
        yield from _lists(place, things)
    yield from _dates(rules)
    yield from _categories(rules)
    yield from _fields(rules)
    yield from _public(rules)
    yield from _budget(rules)
    yield from _admission(rules)
    yield from _scoring(rules)
    yield from _review(rules)
    yield from _grants(rules)
    # Rings are looked for only where every question is known and there are not too many.
    if len(rules.questions) <= MOST["questions"]:
        yield from _questions(rules.questions)


def _lists(place: str, things: Sequence[Coded]) -> Iterator[Fault]:
    most = MOST.get(place, MOST["choices"])
    if len(things) > most:
        yield Fault(place, "too_many", {"count": len(things), "most": most})
    for code, times in Counter(one.code for one in things).items():
        if times > 1:
            second = [at for at, one in enumerate(things) if one.code == code][1]
            yield Fault(f"{place}[{second + 1}].code", "twice", {"code": code})
    if not things and place in ("directions", "categories", "scoring.criteria", "refusals"):
        yield Fault(place, "none")


def _dates(rules: Rules) -> Iterator[Fault]:
    told = rules.timetable
    ordered: list[tuple[str, date | None]] = [
        ("intake_from", told.intake_from),
        ("intake_to", told.intake_to),
        ("results_by", told.results_by),
    ]
    yield from _backwards(ordered)
    yield from _backwards([("project_from", told.project_from), ("project_to", told.project_to)])


def _backwards(dates: Iterable[tuple[str, date | None]]) -> Iterator[Fault]:
    known = [(name, day) for name, day in dates if day is not None]
    for (earlier, first), (later, second) in pairwise(known):
        if second < first:
            values: dict[str, str | int] = {"later": later, "earlier": earlier}
            yield Fault(f"timetable.{later}", "backwards", values)


def _categories(rules: Rules) -> Iterator[Fault]:
    directions = {one.code for one in rules.directions}
    for at, one in enumerate(rules.categories, start=1):
        place = f"categories[{at}]"
        if one.up_to_minor is not None and one.up_to_minor <= one.above_minor:
            yield Fault(place, "bounds")
        for code in one.directions:
            if code not in directions:
                yield Fault(f"{place}.directions", "no_direction", {"code": code})
    sizes = sorted(
        (one for one in rules.categories if one.over_months is None),
        key=lambda one: one.above_minor,
    )
    yield from _sizes(sizes)


def _sizes(sizes: Sequence[Category]) -> Iterator[Fault]:
    """One size follows on another, from nothing upward."""
    if sizes and sizes[0].above_minor:
        yield Fault("categories", "gap", {"sum": sizes[0].above_minor // 100})
    for one, larger in pairwise(sizes):
        values: dict[str, str | int] = {"sum": (larger.above_minor + 1) // 100}
        if one.up_to_minor is None or one.up_to_minor > larger.above_minor:
            both: dict[str, str | int] = {"first": one.code, "second": larger.code}
            yield Fault("categories", "overlap", values | both)
        elif one.up_to_minor < larger.above_minor:
            yield Fault("categories", "gap", {"sum": (one.up_to_minor + 1) // 100})


def _fields(rules: Rules) -> Iterator[Fault]:
    for name, rule in rules.fields.items():
        if name not in FIELDS or name == ANSWERS:
            yield Fault(f"fields.{name}", "no_field", {"code": name})
        if rule.most is not None and rule.least > rule.most:
            yield Fault(f"fields.{name}", "bounds")
        yield from _cells(name, rule)
    for name in rules.review.blind:
        if name not in FIELDS and name != APPLICANT:
            yield Fault("review.blind", "no_field", {"code": name})


def _cells(name: str, rule: FieldRule) -> Iterator[Fault]:
    """Cells that rows have; of one that is chosen what may be chosen, unless the rules say it."""
    known, named = ROWS.get(name, {}), rule.cells or {}
    for cell in named.keys() - known.keys():
        yield Fault(f"fields.{name}.cells", "no_cell", {"code": cell})
    for cell, kind in cells_asked(name, named).items() if known else ():
        choices = rule.cell(cell).choices
        yield from _lists(f"fields.{name}.cells.{cell}.choices", choices)
        is_chosen = kind == "choice" and (name, cell) != ("lines", "article")
        if is_chosen != bool(choices) or len(choices) == 1:
            yield Fault(f"fields.{name}.cells.{cell}.choices", "choices")


def _public(rules: Rules) -> Iterator[Fault]:
    for name in rules.registration.public_fields:
        if name not in FIELDS and name not in SUMS:
            yield Fault("registration.public_fields", "no_field", {"code": name})
        elif name in NAMED or FIELDS.get(name) == "files":
            yield Fault("registration.public_fields", "not_public", {"code": name})


def _budget(rules: Rules) -> Iterator[Fault]:
    budget = rules.budget
    known = {one.code for one in budget.articles}
    if budget.most_minor is not None and budget.least_minor > budget.most_minor:
        yield Fault("budget", "bounds")
    for one in budget.articles:
        above = one.code.partition(".")[0]
        if above not in known:
            yield Fault("budget.articles", "no_article", {"code": above})
    yield from _no_articles("budget.posts", budget.posts or (), known)
    for at, advice in enumerate(budget.advice, start=1):
        place = f"budget.advice[{at}]"
        needs = "share" if advice.kind == "share_of_request" else "most_minor"
        if getattr(advice, needs) is None:
            yield Fault(place, "norm", {"name": needs})
        yield from _no_articles(f"{place}.articles", advice.articles, known)


def _no_articles(place: str, codes: Iterable[str], known: Collection[str]) -> Iterator[Fault]:
    for code in codes:
        if code not in known:
            yield Fault(place, "no_article", {"code": code})


def _admission(rules: Rules) -> Iterator[Fault]:
    refusals = {one.code for one in rules.refusals}
    for at, check in enumerate(rules.checks, start=1):
        if check.refusal is not None and check.refusal not in refusals:
            yield Fault(f"checks[{at}].refusal", "no_refusal", {"code": check.refusal})


def _scoring(rules: Rules) -> Iterator[Fault]:
    scoring, categories = rules.scoring, [one.code for one in rules.categories]
    scale = scoring.scale
    if scale.least >= scale.most:
        yield Fault("scoring.scale", "bounds")
    elif (scale.most - scale.least) % scale.step:
        yield Fault("scoring.scale", "step")
    for at, one in enumerate(scoring.criteria, start=1):
        place = f"scoring.criteria[{at}].weights"
        for code in one.weights.keys() - set(categories):
            yield Fault(place, "no_category", {"code": code})
        for code in categories:
            if code not in one.weights:
                yield Fault(place, "no_weight", {"category": code})
    yield from _sums(rules, categories)
    yield from _lines(rules, categories)


def _sums(rules: Rules, categories: Sequence[str]) -> Iterator[Fault]:
    """Weights times the greatest score come to the greatest rating, in every category."""
    scoring = rules.scoring
    for code in categories:
        total = sum(one.weights.get(code, 0) for one in scoring.criteria) * scoring.scale.most
        if scoring.criteria and total != scoring.most:
            values: dict[str, str | int] = {"sum": f"{total.normalize():f}"}
            values |= {"category": code, "most": f"{scoring.most.normalize():f}"}
            yield Fault("scoring.criteria", "weights_sum", values)


def _lines(rules: Rules, categories: Sequence[str]) -> Iterator[Fault]:
    lines = rules.selection.lines
    for code in lines.keys() - set(categories):
        yield Fault("selection.lines", "no_category", {"code": code})
    for line in [rules.selection.line, *lines.values()]:
        if line is not None and line > rules.scoring.most:
            yield Fault("selection", "line", {"line": f"{line.normalize():f}"})
    if rules.selection.scores == "winners" and rules.selection.ties != ("submitted_earlier",):
        yield Fault("selection.ties", "ties_tell")


def _review(rules: Rules) -> Iterator[Fault]:
    """Of one sheet and a further one neither is closer."""
    if rules.review.further.counts == "closest" and rules.review.experts < 2:
        yield Fault("review.further.counts", "closest")


def _questions(questions: Sequence[Question]) -> Iterator[Fault]:
    known = {one.code: one for one in questions}
    for at, one in enumerate(questions, start=1):
        place = f"questions[{at}]"
        if (one.kind == "choice") != bool(one.choices) or len(one.choices) == 1:
            yield Fault(f"{place}.choices", "choices")
        if one.when is None:
            continue
        other = known.get(one.when.question)
        if other is None:
            yield Fault(f"{place}.when", "no_question", {"code": one.when.question})
            continue
        for value in one.when.values:
            if value not in other.values:
                told: dict[str, str | int] = {"code": other.code, "value": value}
                yield Fault(f"{place}.when", "no_value", told)
    yield from _rings(known)


def _rings(questions: Mapping[str, Question]) -> Iterator[Fault]:
    """Questions that hang on one another, each ring once."""
    told: set[str] = set()
    for first in questions:
        way: list[str] = []
        code = first
        while code in questions and code not in way and code not in told:
            way.append(code)
            when = questions[code].when
            code = when.question if when is not None else ""
        if code in way:
            ring = way[way.index(code) :]
            yield Fault("questions", "cycle", {"codes": " → ".join([*ring, code])})
        told.update(way)


def _grants(rules: Rules) -> Iterator[Fault]:
    told = rules.grants
    for name in ("periods", "periods_long"):
        shares = [one.share for one in getattr(told, name)]
        if shares and sum(shares) != 1:
            yield Fault(f"grants.{name}", "shares", {"sum": str(sum(shares))})
    if not told.periods or (told.long_minor is not None and not told.periods_long):
        yield Fault("grants.periods_long" if told.periods else "grants.periods", "no_period")
    for field in told.changes.consent:
        if field not in FIELDS:
            yield Fault("grants.changes.consent", "no_field", {"code": field})
