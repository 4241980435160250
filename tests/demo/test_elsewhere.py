"""The list of the contest whose intake is elsewhere is readable and taken over whole."""

from functools import cache
from pathlib import Path

import pytest

from sinergia.applications.models import Application, Submission
from sinergia.applications.reading import read_list
from sinergia.calls.models import Contest
from sinergia.organisations.models import Centre, CentreStaff, Identifier
from sinergia.packs.rules import shipped
from sinergia.people.actions import command_person, invent_person
from sinergia.web.commands.elsewhere import take_over_list
from sinergia.web.commands.holding import hold_contests
from sinergia.web.commands.intake import SCREENER
from sinergia.web.commands.listing import write_csv
from sinergia.web.demo.elsewhere import ROWS, FiledElsewhere, filed_elsewhere
from sinergia.web.demo.story import Demo, tell
from tests.arrange import NOON, a_centre, a_fund, a_region, an_organisation

STAFF = {
    "XA-SVB": {"melnikova@svetloborsk.example": "head"},
    "XB-YAR": {"dorohova@yarogorye.example": "head", SCREENER: "consultant"},
}


@cache
def demo() -> Demo:
    return tell(2026)


def listed() -> list[FiledElsewhere]:
    return list(filed_elsewhere(demo().organisations, demo().municipalities, seed=2026))


def test_twelve_organisations_of_the_region_stand_in_it_once_and_each_time_the_same() -> None:
    rows = listed()

    assert rows == listed()
    assert {one.organisation.region for one in rows} == {"XB-YAR"}
    for names in (
        {one.organisation.ogrn for one in rows},
        {one.number for one in rows},
        {one.title for one in rows},
    ):
        assert len(names) == len(rows) == ROWS == 12


@pytest.mark.django_db
def test_every_row_is_read_and_its_direction_is_one_of_the_rules(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "list.csv", (one.columns() for one in listed()))

    rows = read_list(path, "RUB")

    told = {one.name.ru for one in shipped()["regional"].directions}
    assert [row.refusal for row in rows] == [None] * ROWS
    assert [(row.title, row.ogrn) for row in rows] == [
        (one.title, one.organisation.ogrn) for one in listed()
    ]
    assert {row.direction for row in rows} <= told
    assert min(row.asked_minor for row in rows) >= 180_000_00


@pytest.mark.django_db
def test_told_twice_the_contest_holds_twelve_that_wait_for_registration_and_has_ended() -> None:
    for region, emails in STAFF.items():
        centre = a_centre(f"Центр {region}", region=a_region(region))
        for email, role in emails.items():
            works_at(centre, email, role)
    a_fund("XB-OWN")
    for one in listed():
        made = an_organisation(one.organisation.name, region=a_region("XB-YAR"))
        ogrn = one.organisation.ogrn
        Identifier.objects.create(organisation=made, scheme="RU-OGRN", value=ogrn)

    hold_contests()
    for _time in range(2):
        take_over_list(demo())

    contest = Contest.objects.get(intake="elsewhere")
    stages = list(Submission.objects.filter(contest=contest).values_list("stage", flat=True))
    assert (contest.stage, stages) == ("closed", ["submitted"] * ROWS)
    assert not Application.objects.exists()  # the figures of the stories stay as they are


def works_at(centre: Centre, email: str, role: str) -> None:
    me = command_person(NOON)
    person = invent_person(email, email, is_administrator=False, actor=me, now=NOON)
    CentreStaff.objects.create(centre=centre, person=person, role=role, since=NOON)
