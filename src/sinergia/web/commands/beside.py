"""A consultant beside the demo's drafts: readings and remarks, made by the site's own actions."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from sinergia.people.models import Person
from sinergia.people.queries import invented_people
from sinergia.projects.models import Project
from sinergia.projects.queries.projects import projects_of
from sinergia.support.actions.readings import (
    Asked,
    ask_reading,
    give_reading,
    promise_reading,
)
from sinergia.support.actions.remarks import Begun, answer_thread, begin_thread, resolve_thread
from sinergia.support.queries.readings import readings_of
from sinergia.support.queries.remarks import threads_of
from sinergia.web.demo import stock

Told = Mapping[str, Any]


def read_drafts() -> None:
    """Ask for readings and write remarks; taken again, what is there stays as it is."""
    now, people = timezone.now(), {person.email: person for person in invented_people()}
    told = stock.beside()
    for one in told["readings"]:
        project = _project(people, one)
        if project is not None and not readings_of(project).exists():
            _read(project, one, people, now)
    for one in told["threads"]:
        project = _project(people, one)
        if project is not None and not threads_of(project).filter(path=one["path"]).exists():
            _remark(project, one, people, now)


def _project(people: Mapping[str, Person], told: Told) -> Project | None:
    person = people.get(told["who"])
    if person is None:
        return None
    return projects_of(person).filter(title=told["title"]).first()


def _read(project: Project, told: Told, people: Mapping[str, Person], now: datetime) -> None:
    reader = people[told["reader"]]
    asked = Asked(told["words"])
    made = ask_reading(project, asked, actor=people[told["who"]], now=_ago(now, told["asked"]))
    at = _ago(now, told["promised"])
    promise_reading(made, timezone.localdate(at) + timedelta(days=1), actor=reader, now=at)
    if told["summary"]:
        give_reading(made, told["summary"], actor=reader, now=_ago(now, told["given"]))


def _remark(project: Project, told: Told, people: Mapping[str, Person], now: datetime) -> None:
    (by, minutes, text), *answers = told["said"]
    given = Begun(told["path"], text, told["quote"])
    thread = begin_thread(project, given, actor=people[by], now=_ago(now, minutes))
    for by, minutes, text in answers:
        answer_thread(thread, text, actor=people[by], now=_ago(now, minutes))
    if "resolved" in told:
        resolve_thread(thread, actor=people[told["resolved"]], now=now)


def _ago(now: datetime, minutes: int) -> datetime:
    return now - timedelta(minutes=minutes)
