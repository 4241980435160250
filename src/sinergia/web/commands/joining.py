"""A grant of the demo under way has a page, roles and a diary; people joined it."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from sinergia.grants.actions.attendance import write_day
from sinergia.grants.actions.diary import publish_entry, write_entry
from sinergia.grants.actions.joining import Asked, join, prove
from sinergia.grants.actions.queueing import confirm
from sinergia.grants.actions.roles import Offered, write_role
from sinergia.grants.actions.showing import turn_page, write_page
from sinergia.grants.models import Grant, Joiner, Role
from sinergia.grants.queries.grants import today_of
from sinergia.grants.queries.joiners import confirmed_of
from sinergia.grants.queries.together import shown_diary
from sinergia.organisations.queries.waiting import organisations_of
from sinergia.people.models import Person
from sinergia.people.queries import invented_people
from sinergia.places.queries import municipalities_in
from sinergia.web.commands.granting import told_of
from sinergia.web.demo.joining import PEOPLE, STORIES, Story


def tell_joining() -> None:
    """Tell it of grants under way that have a story; told again, nothing is added."""
    for person in invented_people():
        for organisation in organisations_of(person):
            for grant in told_of(organisation).filter(stage=Grant.Stage.UNDER_WAY):
                story = STORIES.get(grant.application.title)
                if story is not None and not grant.roles.exists():
                    with transaction.atomic():
                        _tell(grant, story, person, now=timezone.now())


def _tell(grant: Grant, story: Story, person: Person, *, now: datetime) -> None:
    """The page, two roles, those who joined; days for those who are confirmed."""
    today = today_of(grant)
    write_page(grant, story.promise, actor=person, now=now)
    turn_page(grant, is_open=True, actor=person, now=now)
    last = max(grant.ends_on, today)
    roles = [
        write_role(
            grant,
            Offered(
                one.name, one.about, one.where, today, last,
                places=one.places, least_age=one.age, day_minutes=one.minutes,
            ),
            actor=person,
            now=now,
        )
        for one in story.roles
    ]  # fmt: skip
    _write_diary(grant, story, person, today, now=now)
    if grant.ends_on >= today:
        _let_in(grant, roles, person, now=now)


def _write_diary(grant: Grant, story: Story, person: Person, today: date, *, now: datetime) -> None:
    if shown_diary(grant).exists():
        return
    for days, text in story.entries:
        on = max(today - timedelta(days=days), grant.begins_on)
        entry = write_entry(grant, on, text, actor=person, now=now)
        publish_entry(entry, is_open=True, actor=person, now=now)


def _let_in(grant: Grant, roles: list[Role], person: Person, *, now: datetime) -> None:
    """Who joined: all but the last two are confirmed, and were there on two days."""
    region = grant.organisation.region_id
    towns = list(municipalities_in([region])) if region else []
    rows: list[Joiner] = []
    for number, (name, age) in enumerate(PEOPLE):
        asked = Asked(
            name,
            f"helper{number + 1}@demo.example",
            age,
            towns[number % len(towns)] if towns else None,
            agreed_version=1,
        )
        role = roles[number % len(roles)]
        at = now - timedelta(days=40 - number)
        rows.append(prove(join(role, asked, language="ru", person=None, now=at), now=at))
    confirm(rows[:-2], actor=person, now=now)
    today = today_of(grant)
    for days in (9, 2):
        on = today - timedelta(days=days)
        if on >= grant.begins_on:
            minutes = {one: one.role.day_minutes for one in confirmed_of(grant)}
            write_day(grant, on, minutes=minutes, actor=person, now=now)
