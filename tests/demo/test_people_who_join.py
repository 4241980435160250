"""A project of the demo that people join is told once: its page, roles, diary, who was there."""

import pytest

from sinergia.calls.models import Outcome
from sinergia.grants.models import Attendance, Grant, Joiner, Role
from sinergia.grants.queries.together import is_shown
from sinergia.organisations.models import Membership
from sinergia.people.actions import command_person, invent_person
from sinergia.web.commands.joining import tell_joining
from sinergia.web.demo.joining import NEIGHBOUR, PEOPLE, STORIES
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_region,
    an_application,
    an_organisation,
)
from tests.arrange_grants import elsewhere, signed
from tests.grants.arrange_joining import seen_now

pytestmark = pytest.mark.django_db


def test_a_project_with_a_story_is_told_once_and_others_are_not() -> None:
    organisation = an_organisation(region=a_region())
    a_consultant(centre=a_centre())
    person = invent_person(
        "n@demo.example",
        "Зотов П. П.",
        is_administrator=False,
        actor=command_person(NOON),
        now=NOON,
    )
    Membership.objects.create(organisation=organisation, person=person, role="leader", since=NOON)
    for title in (*STORIES, "Без рассказа"):
        won = an_application(organisation=organisation, outcome=Outcome.WON)
        won.title = title
        won.save(update_fields=["title"])
        seen_now(signed(elsewhere(organisation, person, application=won), person))

    for _time in range(2):
        tell_joining()

    told = Grant.objects.get(application__title__in=STORIES)
    assert (told.page.is_open, told.diary.count()) == (True, 3)
    assert all(is_shown(entry.pictures.get()) for entry in told.diary.all())
    assert Role.objects.exclude(grant=told).count() == 0
    stages = sorted(Joiner.objects.values_list("stage", flat=True))
    assert stages == ["asked"] * 2 + ["confirmed"] * (len(PEOPLE) - 1)
    assert Joiner.objects.get(email="").name == NEIGHBOUR[0]
    assert Attendance.objects.values("on").distinct().count() == 2
