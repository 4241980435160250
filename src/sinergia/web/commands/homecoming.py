"""What came of the demo's visit of October 2025: taken home, answered, grown.

By the same actions as on the site, each at its moment; taken again, what is there stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid5
from zoneinfo import ZoneInfo

from sinergia.applications.actions.entering import enter_application
from sinergia.applications.actions.origins import tell_origin
from sinergia.applications.reading import filed_row
from sinergia.calls.queries.funds import fund_by
from sinergia.exchange.actions.attending import tick_present
from sinergia.exchange.actions.commitments import (
    Taken,
    Turned,
    take_home,
    tick_step,
    write_commitment,
)
from sinergia.exchange.actions.feedback import Opinion, give_feedback
from sinergia.exchange.actions.following import answer
from sinergia.exchange.actions.turning import turn_commitment
from sinergia.exchange.models import Commitment, Delegate, Session, Visit
from sinergia.exchange.queries.commitments import delegates_of, helpers_for
from sinergia.exchange.queries.following import months_after, question_of
from sinergia.exchange.queries.holding import sessions_held
from sinergia.exchange.tasks.following import follow
from sinergia.organisations.queries.identifiers import numbers_of
from sinergia.people.actions import command_person
from sinergia.people.models import Person
from sinergia.practices.words.catalogue import audience_name
from sinergia.projects.access import may_begin
from sinergia.projects.actions.adopting import Draft
from sinergia.projects.actions.from_commitment import begin_from_commitment
from sinergia.projects.queries.projects import project_from
from sinergia.web.commands.publishing import tell_publicly
from sinergia.web.demo import stock

DECIDED = date(2026, 3, 20)
CONTESTS = {"FUND1": "2026, первый конкурс", "FUND2": "Основной конкурс 2026"}
WORDS = ("победитель конкурса", "проект не получил поддержку")
AWAY = 7  # every so many ticks somebody was elsewhere
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Held:
    """The visit with its people and sessions, in order; actor: a consultant of the home centre."""

    visit: Visit
    ends_on: date
    delegates: Sequence[Delegate]
    sessions: Sequence[Session]
    actor: Person

    def at(self, days: int, hour: int = 15) -> datetime:
        """So many days after the last one of the visit."""
        day = self.ends_on + timedelta(days=days)
        return datetime.combine(day, time(hour), ZoneInfo(self.visit.time_zone))


def bring_home(visit: Visit) -> None:
    """Tell what came of a visit that has its delegates, its nine sessions and their practices."""
    helpers = helpers_for(visit)
    delegates = delegates_of(visit)
    sessions = [one for one in sessions_held(visit) if one.shows_something]
    if visit.ends_on is None or not helpers or not delegates or not sessions:
        return
    held, words = Held(visit, visit.ends_on, delegates, sessions, helpers[0]), stock.homecoming()
    _attend(held)
    rows = [(_take(held, one), one) for one in words["commitments"]]
    for told in words["feedback"]:
        _think(held, told)
    for row, told in rows:
        _go_on(held, row, told)
    for months in (3, 6):
        day = months_after(held.ends_on, months)
        moment = datetime.combine(day, time(9), ZoneInfo(visit.time_zone))
        follow(today=day, now=moment)
        for row, told in rows:
            _answer(held, row, told.get(f"after{months}"), months, now=moment + timedelta(days=3))
    tell_publicly(held.visit, held.actor, held.delegates, words["press"], now=held.at(21))
    for told in words["applications"]:
        _apply(_nth([row for row, _told in rows], told["project"]), told, actor=held.actor)


def _attend(held: Held) -> None:
    for number, session in enumerate(held.sessions):
        there = [
            one
            for place, one in enumerate(held.delegates)
            if (place + number * 3) % AWAY != AWAY - 1
        ]
        tick_present(session, there, shown=[], actor=held.actor, now=session.starts_at)


def _take(held: Held, told: Row) -> Commitment:
    session = _nth(held.sessions, told["session"])
    shown = [row.practice for row in session.practices.all()]
    practice = next((one for one in shown if one.title == told.get("practice")), None)
    delegate = _nth(held.delegates, told["delegate"])
    key = uuid5(held.visit.key, told["idea"])
    taken = Taken(key, delegate, session, practice, told["idea"])
    row = take_home(held.visit, taken, actor=held.actor, now=session.ends_at)
    given = {
        "idea": told["idea"],
        "organisation": row.organisation,
        "due_on": held.ends_on + timedelta(days=told["due"]),
        "first_step": told["step"],
        "helper": held.actor,
    }
    return write_commitment(row, given, actor=held.actor, now=held.at(3))


def _think(held: Held, told: Row) -> None:
    delegate = _nth(held.delegates, told["delegate"])
    useful, arranged = told["marks"]
    opinion = Opinion(useful, arranged, _nth(held.sessions, told["best"]), told["text"])
    give_feedback(delegate, opinion, actor=None, now=held.at(1, hour=10 + useful))


def _go_on(held: Held, row: Commitment, told: Row) -> None:
    """Its first step, and what it became, each on its day."""
    if "stepped" in told:
        tick_step(row, is_done=True, actor=held.actor, now=held.at(told["stepped"]))
    if "dropped" in told:
        turned = Turned(Commitment.State.DROPPED, told["why"])
        turn_commitment(row, turned, actor=held.actor, now=held.at(told["dropped"]))
    if "becomes" in told:
        _become(held, row, now=held.at(told["becomes"]))


def _become(held: Held, row: Commitment, *, now: datetime) -> None:
    """A project of the organisation that does it; where the centre may make none, its word."""
    tick_step(row, is_done=True, actor=held.actor, now=now - timedelta(days=10))
    whose, teller = row.organisation, f"{row.delegate.name}, {row.delegate.post}".strip(", ")
    if whose is not None and may_begin(held.actor, whose):
        draft = Draft(uuid5(row.key, "project"), audience_name)
        begin_from_commitment(row, draft, told_by=teller, actor=held.actor, now=now)
        return
    turned = Turned(Commitment.State.PROJECT, ground=teller)
    turn_commitment(row, turned, actor=held.actor, now=now)


def _answer(
    held: Held, row: Commitment, said: Sequence[str] | None, months: int, *, now: datetime
) -> None:
    question = question_of(row, months)
    if said and question is not None:
        answer(question, Turned(*said), actor=held.actor, delegate=None, now=now)


def _apply(row: Commitment, told: Row, *, actor: Person) -> None:
    """What was asked for a project elsewhere: entered as from paper, and said of which it is."""
    project, fund = project_from(row), fund_by(told["fund"])
    if project is None or fund is None:
        return
    now = datetime.combine(DECIDED, time(12), UTC)
    won, lost = WORDS
    numbers = {one.scheme: one.value for one in numbers_of(project.organisation)}
    cells = {
        "number": told["number"],
        "contest": CONTESTS[fund.code],
        "organisation": project.organisation.name,
        "ogrn": numbers["RU-OGRN"],
        "region": row.visit.from_region.name_ru,
        "title": told["title"],
        "asked": told["asked"] / 100,
        "status": won if "awarded" in told else lost,
        "decided_on": f"{DECIDED:%d.%m.%Y}",
        "awarded": told.get("awarded", 0) / 100,
    }
    filed = filed_row(0, cells, fund.currency)
    made = enter_application(fund, filed, actor=command_person(now), now=now)
    teller = f"{row.delegate.name}, {row.delegate.post}"
    tell_origin(made, project, teller, actor=actor, now=now)


def _nth(rows: Sequence[Any], place: int) -> Any:  # noqa: ANN401  # of whatever it is
    """The row of a place from 1; in a shorter list one goes round."""
    return rows[(place - 1) % len(rows)]
