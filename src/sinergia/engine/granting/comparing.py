"""Plan against fact, event by event, result by result, line by line."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from sinergia.engine.granting.plan import GrantPlan, PlanLine
from sinergia.engine.granting.reporting import Fact, Reached, Told
from sinergia.engine.numbers import Unreadable, read_decimal
from sinergia.engine.project.document import Event


@dataclass(frozen=True)
class Bounds:
    """From where on a difference has to be explained. photos: least of each event."""

    share: Decimal = Decimal("0.1")
    days: int = 30
    photos: int = 0


@dataclass(frozen=True)
class Span:
    """What a report tells of. is_final: of the whole grant.

    told: ids of events of which the reports before it tell; none where one of those is still to
    be handed in: it is that one which asks for what lies before.
    """

    first: date
    last: date
    is_final: bool = False
    told: Collection[str] | None = ()

    def asks(self, event: Event) -> bool:
        """Whether an event had to be over within it, or before it and nobody has told of it."""
        end = event.ends_on or event.starts_on
        if self.is_final or end is None or end > self.last:
            return self.is_final
        return end >= self.first or (self.told is not None and event.id not in self.told)


@dataclass(frozen=True)
class EventCompared:
    """An event. days: later than planned, below nought earlier; people: more than planned.

    is_asked: it had to be over by now. is_over: a difference that has to be explained.
    """

    plan: Event
    fact: Fact
    is_asked: bool
    days: int = 0
    people: int | None = None
    is_over: bool = False


@dataclass(frozen=True)
class ResultCompared:
    """A result. promised: none where it is said in words alone."""

    id: str
    what: str
    promised: Decimal | None
    proof: str  # by which it was to be seen, as the plan says
    fact: Reached
    is_over: bool = False

    @property
    def share(self) -> Decimal | None:
        """What was reached of what was promised."""
        if not self.promised or self.fact.number is None:
            return None
        return self.fact.number / self.promised


@dataclass(frozen=True)
class LineCompared:
    """A line of the budget. spent: so far; here: by payments of this report."""

    line: PlanLine
    spent_minor: int
    here_minor: int
    why: str
    is_over: bool = False

    @property
    def left_minor(self) -> int:
        """What may still be spent for it."""
        return self.line.granted_minor - self.spent_minor


@dataclass(frozen=True)
class Compared:
    """Plan against fact."""

    events: Sequence[EventCompared]
    results: Sequence[ResultCompared]
    lines: Sequence[LineCompared]


def compare(
    plan: GrantPlan,
    told: Told,
    span: Span,
    bounds: Bounds,
    *,
    spent: Mapping[str, int],
    here: Mapping[str, int],
) -> Compared:
    """Put facts beside the plan. spent, here: {line: minor units}, of the grant, of this report.

    A line and a result are only complete when the grant is: only the final report explains them.
    """
    lines = [
        _line(one, span, bounds, spent.get(one.id, 0), here.get(one.id, 0), told.whys)
        for one in plan.lines
        if one.granted_minor or spent.get(one.id)
    ]
    return Compared(
        [
            _event(one, told.events.get(one.id, Fact(one.id)), span, bounds)
            for one in plan.document.events
        ],
        [_result(row.id, row.texts, told, span, bounds) for row in plan.document.rows["results"]],
        lines,
    )


def _event(plan: Event, fact: Fact, span: Span, bounds: Bounds) -> EventCompared:
    days, people = _days(plan, fact.on), None
    if plan.people is not None and fact.people is not None:
        people = fact.people - plan.people
    is_short = (
        people is not None and plan.people is not None and -people > plan.people * bounds.share
    )
    told = EventCompared(plan, fact, span.asks(plan), days, people)
    return replace(told, is_over=abs(days) > bounds.days or is_short)


def _days(plan: Event, on: date | None) -> int:
    first, last = plan.starts_on or plan.ends_on, plan.ends_on or plan.starts_on
    if on is None or first is None or last is None:
        return 0
    if on > last:
        return (on - last) // timedelta(days=1)
    return min((on - first) // timedelta(days=1), 0)


def _result(
    id_: str, texts: Mapping[str, str], told: Told, span: Span, bounds: Bounds
) -> ResultCompared:
    try:
        promised = read_decimal(texts.get("number", ""))
    except Unreadable:
        promised = None
    fact = told.results.get(id_, Reached(id_))
    is_short = bool(promised) and (fact.number or 0) < (promised or 0) * (1 - bounds.share)
    return ResultCompared(
        id_,
        texts.get("what", ""),
        promised,
        texts.get("proof", ""),
        fact,
        is_over=span.is_final and is_short and fact.number is not None,
    )


def _line(
    line: PlanLine, span: Span, bounds: Bounds, spent: int, here: int, whys: Mapping[str, str]
) -> LineCompared:
    far = abs(line.granted_minor - spent) > line.granted_minor * bounds.share
    return LineCompared(line, spent, here, whys.get(line.id, ""), is_over=span.is_final and far)
