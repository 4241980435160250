"""What a report of the demo says: facts of the story, and where it has none, thought up ones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from sinergia.engine.drafts import Path
from sinergia.engine.granting.comparing import EventCompared, ResultCompared
from sinergia.engine.granting.reporting import row_of
from sinergia.engine.granting.spending import Payment
from sinergia.grants.models import Grant, Period
from sinergia.grants.queries.grants import periods_of
from sinergia.grants.queries.reports import Written
from sinergia.web.commands.actions.reported import Shown
from sinergia.web.demo import stock
from sinergia.web.demo.papers import Sheet, pdf_of
from sinergia.web.demo.pictures import SIZE, landscape

ORDER = "Платёжное поручение"


@dataclass(frozen=True)
class Fact:
    """How an event was, where the story tells of it."""

    on: date
    people: int
    told: str


@dataclass(frozen=True)
class Story:
    """A grant and what is told of it. events, results: by row of the plan.

    unspent: minor units that are left of the last line.
    """

    grant: Grant
    chance: Random
    texts: Mapping[str, str] = field(default_factory=dict)
    events: Mapping[str, Fact] = field(default_factory=dict)
    results: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    unspent: int = 0


@dataclass(frozen=True)
class Saying:
    """What a report says at a moment. period: none of the final one.

    is_whole: everything that has to be told; else only what was over by then.
    """

    story: Story
    row: Written
    period: Period | None
    at: datetime
    is_whole: bool = True

    def texts(self) -> Iterator[tuple[Path, str]]:
        """Every text with its path."""
        yield from self._words()
        yield from self._facts()
        if self.is_whole:
            yield from self._reached()
        yield from self._left()

    def pictures(self) -> Iterator[Shown]:
        """A picture of each event that is told; the final report has been shown them before."""
        if self.period is None:
            return
        for one in self._over():
            seed = f"{self.story.grant.project_id}{one.plan.id[-1]}"
            name = f"{self._fact(one).on}.jpg"
            yield Shown(f"events/{one.plan.id}", name, landscape(seed), one.plan.what, SIZE)

    def payments(self) -> Iterator[Payment]:
        """What was paid in the period, by its share of every line."""
        if self.period is None or not self.is_whole:
            return
        for number, (line, minor) in enumerate(self._due(self.period), start=1):
            yield Payment(
                line=line,
                on=self._paid_on(self.period),
                document=ORDER,
                number=f"{self.period.number}{number:02d}",
                payee=self.story.chance.choice(stock.granting()["home"]["payees"]),
                sum_minor=minor,
                currency=self.story.grant.currency,
            )

    def paper(self, payments: Sequence[Payment]) -> bytes:
        """Orders of all payments on one sheet; nothing where nothing was paid."""
        if not payments:
            return b""
        lines = [f"№ {one.number} от {one.on:%d.%m.%Y} — {one.payee}" for one in payments]
        heading = f"Платёжные поручения: «{self.story.grant.application.title}»"
        return pdf_of(Sheet(self.story.grant.organisation.name, heading, "", lines))

    def _words(self) -> Iterator[tuple[Path, str]]:
        for name in ("done", "outcome", "media"):
            thought_up = self.story.chance.choice(stock.granting()["home"][name])
            yield Path(name), self.story.texts.get(name, thought_up)

    def _facts(self) -> Iterator[tuple[Path, str]]:
        for one in self._over():
            fact, planned = self._fact(one), one.plan
            cells = {
                "on": f"{fact.on:%d.%m.%Y}",
                "place": self.row.plan.texts.get(f"events/{planned.id}/where", "") or "—",
                "people": str(fact.people),
                "told": fact.told,
            }
            for name, text in cells.items():
                yield Path("events", planned.id, name), text

    def _over(self) -> list[EventCompared]:
        """Events that have to be told; where the report is only begun, those that were held."""
        asked = [one for one in self.row.compared.events if one.is_asked]
        if self.is_whole:
            return asked
        day = self.at.date()
        held = [one for one in asked if self._fact(one).on <= day]
        return held or [one for one in self.row.compared.events if self._fact(one).on <= day]

    def _fact(self, one: EventCompared) -> Fact:
        if one.plan.id in self.story.events:
            return self.story.events[one.plan.id]
        day = one.plan.ends_on or one.plan.starts_on or self.story.grant.ends_on
        by = Random(f"{self.story.grant.application.number}:{one.plan.id}")  # noqa: S311  # the same
        people = round((one.plan.people or 20) * by.uniform(1, 1.08))
        return Fact(day, people, by.choice(stock.granting()["home"]["told"]))

    def _reached(self) -> Iterator[tuple[Path, str]]:
        words = stock.granting()["home"]
        for one in self.row.compared.results:
            number, proof = self.story.results.get(one.id, (self._number(one), words["proof"]))
            if number and (self.period is None or one.id in self.story.results):
                yield Path("results", one.id, "reached"), number
                yield Path("results", one.id, "proof"), proof
                if one.promised and int(number) > one.promised * (1 + self.row.bounds.share):
                    yield Path("results", one.id, "why"), words["why"]

    def _left(self) -> Iterator[tuple[Path, str]]:
        """Why more or less was spent for a line, where that has to be said."""
        for one in self.row.compared.lines:
            if one.is_over:
                why = stock.granting()["home"]["unspent_why"]
                yield Path("lines", row_of(one.line.id), "why"), why

    def _number(self, one: ResultCompared) -> str:
        by = Random(f"{self.story.grant.application.number}:{one.id}")  # noqa: S311  # the same
        return str(round(int(one.promised) * by.uniform(1, 1.09))) if one.promised else ""

    def _due(self, period: Period) -> list[tuple[str, int]]:
        """By line what is paid now: all that is left of it in the last period."""
        periods = list(periods_of(self.story.grant))
        is_last = period.number == len(periods)
        shared = sum(one.tranche_minor for one in periods if one.number <= period.number)
        lines = [one for one in self.row.compared.lines if one.line.granted_minor]
        told = []
        for at, one in enumerate(lines, start=1):
            whole = one.line.granted_minor - (self.story.unspent if at == len(lines) else 0)
            minor = whole if is_last else whole * shared // self.story.grant.sum_minor // 100 * 100
            told.append((one.line.id, minor - one.spent_minor))
        return [(line, minor) for line, minor in told if minor > 0]

    def _paid_on(self, period: Period) -> date:
        first = max(period.begins_on, self.story.grant.signed_on or period.begins_on)
        last = min(period.ends_on, self.at.date())
        return first + timedelta(days=self.story.chance.randrange(max((last - first).days, 1)))
