"""The demo's contests with what came in: one that was screened, one whose intake ends tomorrow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from sinergia.applications.actions.confirming import mark_received
from sinergia.applications.actions.screening import PATIENCE, Given, carry_out, decide
from sinergia.applications.actions.submitting import submit, withdraw
from sinergia.applications.models import Submission
from sinergia.calls.actions.contests import take_step
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import calls_of
from sinergia.organisations.access import acts_for
from sinergia.organisations.actions.teams import join_team
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.identifiers import organisation_by_number
from sinergia.people.actions import invent_person
from sinergia.people.models import Person
from sinergia.people.queries import invented_people
from sinergia.projects.queries.projects import project_by
from sinergia.web.commands.drafting import write_project
from sinergia.web.commands.holding import heads
from sinergia.web.demo import stock
from sinergia.web.demo.applying import REGION, Applying, apply
from sinergia.web.demo.story import Demo

SCREENED, LARGE, PART = 64, 5_000, 250
SCREENER = "chibisov@yarogorye.example"
LATE = 0.4  # half of all come in the last fifth of an intake
STATES = (  # of what is written for the contest that ends tomorrow
    "begun", "half", "nearly", "ready", "submitted", "registered", "begun", "submitted", "half",
    "withdrawn", "nearly", "returned", "submitted", "ready",
)  # fmt: skip
HALF = ("lines", "events", "results", "qualitative", "development", "resources_later")
NEARLY = ("qualitative", "results")
RETURNED = Given(
    "return",
    Submission.Stage.SUBMITTED,
    words="В смете не сказано, из чего сложена цена оборудования: добавьте расчёт или предложения.",
    sections=("budget",),
)


@dataclass(frozen=True)
class Intake:
    """A contest and who takes in what is handed in to it."""

    contest: Contest
    screener: Person
    me: Person

    @transaction.atomic
    def take(self, one: Applying, state: str, *, at: datetime) -> None:
        """Write an application and bring it so far; whole or not at all, and only once."""
        key = uuid5(NAMESPACE_URL, f"demo application {one.place}")
        organisation = organisation_by_number(one.organisation.ogrn, "")
        if organisation is None or project_by(str(key)) is not None:
            return
        begun = at - timedelta(hours=5 + one.place * 17 % 190)
        leader = self._leader(organisation, one, now=begun)
        told = _so_far(one, state)
        project = write_project(organisation, self.contest, told, key=key, by=leader, now=begun)
        if state in ("begun", "half", "nearly", "ready"):
            return
        handed_in = submit(project, actor=leader, now=at)
        if state == "withdrawn":
            withdraw(handed_in, actor=leader, now=at + timedelta(hours=1))
        elif state == "returned":
            self.decide(handed_in, RETURNED, at=at + timedelta(hours=2))
        elif state != "submitted":
            self.screen(handed_in, one, state, at=at)

    def screen(self, handed_in: Submission, one: Applying, state: str, *, at: datetime) -> None:
        """Register what was handed in, and admit it or not."""
        stage = Submission.Stage
        closes_at = self.contest.closes_at
        if state == "registered" or closes_at is None:
            self.decide(handed_in, Given("register", stage.SUBMITTED), at=at + timedelta(hours=2))
            return
        mark_received(handed_in, at.date(), actor=self.screener, now=at + timedelta(hours=1))
        day = closes_at.replace(hour=10) + timedelta(days=3, minutes=one.place % 400)
        self.decide(handed_in, Given("register", stage.SUBMITTED), at=day)
        day += timedelta(days=7 + one.place % 3)
        given = Given("admit", stage.REGISTERED)
        if one.refusal is not None:
            words, clause = one.refusal["words"], one.refusal["clause"]
            given = Given("refuse", stage.REGISTERED, words=words, clause=clause)
        self.decide(handed_in, given, at=day)

    def decide(self, handed_in: Submission, given: Given, *, at: datetime) -> None:
        """Decide, and let the time go by in which it could be taken back."""
        made = decide(handed_in, given, actor=self.screener, now=at)
        carry_out(made, now=at + PATIENCE)

    def _leader(self, organisation: Organisation, one: Applying, *, now: datetime) -> Person:
        person = invent_person(
            one.email, one.leader, is_administrator=False, actor=self.me, now=now
        )
        if not acts_for(person, organisation):
            join_team(organisation, person, "leader", actor=self.me, now=now)
        return person


def intake_steps(demo: Demo, me: Person) -> list[partial[None]]:
    """Everything that comes in, a part at each step."""
    count = LARGE if demo.is_large else SCREENED
    parts = [partial(_screened, demo, me, first, count) for first in range(0, count, PART)]
    return [*parts, partial(_close, me), partial(_today, demo, me, count)]


def _screened(demo: Demo, me: Person, first: int, count: int) -> None:
    """What was handed in to the contest that is over, and screened."""
    intake = _intake(me, ends_tomorrow=False)
    opens_at, closes_at = intake.contest.opens_at, intake.contest.closes_at
    if opens_at is None or closes_at is None or intake.contest.stage != Contest.Stage.OPEN:
        return
    for one in islice(_applications(demo, count), first, min(first + PART, count)):
        at = opens_at + (closes_at - opens_at) * (one.place / (count + 1)) ** LATE
        intake.take(one, "screened", at=min(_awake(at, intake.contest), closes_at))


def _awake(at: datetime, contest: Contest) -> datetime:
    """The same order within a day, and nobody at night: from eight till a quarter to midnight."""
    here = at.astimezone(ZoneInfo(contest.time_zone))
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(hours=8) + (here - midnight) * 0.65


def _close(me: Person) -> None:
    contest = _intake(me, ends_tomorrow=False).contest
    _centre, head = heads()[REGION]
    if contest.closes_at is not None:
        take_step(contest, "close", actor=head, now=contest.closes_at + timedelta(minutes=1))


def _today(demo: Demo, me: Person, count: int) -> None:
    """What is written for the contest that ends tomorrow, in every state."""
    intake, now = _intake(me, ends_tomorrow=True), timezone.now()
    for place, one in enumerate(islice(_applications(demo, count), count, None)):
        at = now - timedelta(hours=4 + (len(STATES) - place) * 11)
        intake.take(one, STATES[place], at=at)


def _applications(demo: Demo, count: int) -> Iterator[Applying]:
    """By organisations that the ministry's list calls active."""
    active = stock.ministry().statuses[0][0]
    standing = {row.ogrn for row in demo.list_of(REGION) if row.status == active}
    organisations = tuple(one for one in demo.organisations if one.ogrn in standing)
    every = count + len(STATES)
    return apply(organisations, demo.municipalities, count=every, seed=demo.seed)


def screened_contest() -> Contest:
    """The contest whose intake is over."""
    return _contest(ends_tomorrow=False)


def _intake(me: Person, *, ends_tomorrow: bool) -> Intake:
    contest = _contest(ends_tomorrow=ends_tomorrow)
    return Intake(contest, invented_people().get(email=SCREENER), me)


def _contest(*, ends_tomorrow: bool) -> Contest:
    centre, _head = heads()[REGION]
    held = [one for one in stock.contests() if one["region"] == REGION]
    name = next(one["name"] for one in held if ("year" in one) is not ends_tomorrow)
    contest: Contest = calls_of(centre).get(name=name).contest
    return contest


def _so_far(one: Applying, state: str) -> dict[str, Any]:
    """As much of an application as is written in this state."""
    left_out = {"begun": None, "half": HALF, "nearly": NEARLY}.get(state, ())
    told = dict(one.told)
    if left_out is None:
        return told | {"texts": {"title": one.texts["title"]}, "rows": []}
    texts = {name: text for name, text in one.texts.items() if name not in left_out}
    return told | {"texts": texts, "rows": [row for row in one.rows if row[0] not in left_out]}
