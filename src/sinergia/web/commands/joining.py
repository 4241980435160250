"""Projects of the demo as everybody sees them: a page, roles, a diary, people who joined."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from sinergia.base.files.models import PICTURE
from sinergia.grants.actions.attendance import write_day
from sinergia.grants.actions.diary import (
    add_picture,
    agree_picture,
    publish_entry,
    write_entry,
)
from sinergia.grants.actions.joining import Asked, join, prove
from sinergia.grants.actions.queueing import confirm
from sinergia.grants.actions.roles import Offered, write_role
from sinergia.grants.actions.showing import turn_page, write_page
from sinergia.grants.actions.writing_down import write_down
from sinergia.grants.models import Grant, Joiner, Role
from sinergia.grants.queries.grants import today_of, whole_grants
from sinergia.grants.queries.joiners import confirmed_of
from sinergia.organisations.queries.roles import staff_serving
from sinergia.organisations.queries.teams import memberships_of
from sinergia.people.models import Person
from sinergia.places.queries import municipalities_in
from sinergia.web.commands.sending import send
from sinergia.web.demo.joining import NEIGHBOUR, PEOPLE, STORIES, RoleRow
from sinergia.web.demo.pictures import landscape

NOBODY_SEEN = "Рисунок: людей на нём нет"  # who agreed that the picture is shown
UNCONFIRMED = 2  # of those who ask, the last
ABSENT = 4  # every so many-th was elsewhere on a day


@dataclass(frozen=True)
class Public:
    """What a project shows, and when. at: a moment of a day. last: of its roles."""

    grant: Grant
    leader: Person
    at: Callable[[date], datetime]
    last: date

    def open(self, promise: str, rows: Sequence[RoleRow], *, on: date) -> list[Role]:
        """Open the page and offer roles."""
        now = self.at(on)
        write_page(self.grant, promise, actor=self.leader, now=now)
        turn_page(self.grant, is_open=True, actor=self.leader, now=now)
        return [
            write_role(
                self.grant,
                Offered(
                    one.name, one.about, one.where, on, self.last,
                    places=one.places, least_age=one.age, day_minutes=one.minutes,
                ),
                actor=self.leader,
                now=now,
            )
            for one in rows
        ]  # fmt: skip

    def write(self, on: date, text: str) -> None:
        """Write a day of the diary for everybody, with a drawing that a second person looked at."""
        now = self.at(on)
        entry = write_entry(self.grant, on, text, actor=self.leader, now=now)
        drawn = landscape(f"{self.grant.pk} {text}")
        upload = send(drawn, f"{on}.jpg", by=self.leader, now=now, purpose=PICTURE)
        words = text.partition(". ")[0].rstrip(".")
        added = add_picture(entry, upload, words, NOBODY_SEEN, actor=self.leader, now=now)
        looker = staff_serving(self.grant.organisation)[0]
        agree_picture(added, NOBODY_SEEN, [], actor=looker, now=now)
        publish_entry(entry, is_open=True, actor=self.leader, now=now)

    def ask(
        self, roles: Sequence[Role], people: Sequence[tuple[str, int]], *, since: date
    ) -> list[Joiner]:
        """People join, one a day, and prove their addresses."""
        region = self.grant.organisation.region_id
        towns = list(municipalities_in([region])) if region else []
        rows: list[Joiner] = []
        for number, (name, age) in enumerate(people):
            asked = Asked(
                name,
                f"helper{self.grant.pk}-{number + 1}@demo.example",
                age,
                towns[number % len(towns)] if towns else None,
                agreed_version=1,
            )
            role, now = roles[number % len(roles)], self.at(since + timedelta(days=number))
            rows.append(prove(join(role, asked, language="ru", person=None, now=now), now=now))
        return rows

    def attend(self, on: date) -> None:
        """Most of those who are confirmed were there."""
        there = [
            one for place, one in enumerate(confirmed_of(self.grant)) if (place + on.day) % ABSENT
        ]
        minutes = {one: one.role.day_minutes for one in there}
        write_day(self.grant, on, minutes=minutes, actor=self.leader, now=self.at(on))


def tell_joining() -> None:
    """Tell it of grants under way that have a story; told again, nothing is added."""
    rows = whole_grants().filter(application__title__in=STORIES, stage=Grant.Stage.UNDER_WAY)
    for grant in rows.filter(roles=None):
        with transaction.atomic():
            _tell(grant)


def _tell(grant: Grant) -> None:
    """A project of these days; where it is over, nobody joins any more."""
    story, today = STORIES[grant.application.title], today_of(grant)
    leader = next(one.person for one in memberships_of(grant.organisation) if one.role == "leader")
    now = timezone.now()

    def at(day: date) -> datetime:
        return now - (today - day)

    public = Public(grant, leader, at, max(grant.ends_on, today))
    opened = max(today - timedelta(days=45), grant.begins_on)
    roles = public.open(story.promise, story.roles, on=opened)
    for days, text in story.entries:
        public.write(max(today - timedelta(days=days), grant.begins_on), text)
    if grant.ends_on < today:
        return
    rows = public.ask(roles, PEOPLE, since=today - timedelta(days=40))
    confirm(rows[:-UNCONFIRMED], actor=leader, now=now - timedelta(days=20))
    name, age = NEIGHBOUR
    told = Asked(name, "", age, rows[0].municipality, agreed_version=1)
    write_down(roles[-1], told, language="ru", actor=leader, now=now - timedelta(days=20))
    for days in (9, 2):
        public.attend(today - timedelta(days=days))
