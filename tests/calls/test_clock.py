"""The moments of a contest by its clock and by the reader's, and how long there is still."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sinergia.calls.models import Contest
from sinergia.notices.actions import choose
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_contest,
    a_leader,
    a_person,
    a_region,
    an_organisation,
)

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}
YOURS = re.compile(r"by your clock: ([^<]*)<")


@pytest.fixture
def contest() -> Contest:
    made = a_contest(centre=a_centre())  # in Moscow
    made.opens_at = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
    made.closes_at = datetime(2099, 12, 1, 15, 0, tzinfo=UTC)
    made.save()
    return made


def page(client: Client, contest: Contest) -> str:
    found = client.get(f"/calls/{contest.call.key}/", headers=ENGLISH).content.decode()
    return found.replace("\u00a0", " ")


def test_moments_stand_by_the_clock_that_the_reader_chose(contest: Contest, client: Client) -> None:
    anna = a_person("anna")
    choose(anna, {"time_zone": "Asia/Yekaterinburg"}, now=NOON)
    client.force_login(anna)

    told = page(client, contest)

    assert "1 December 2099, 18:00</time>" in told
    assert YOURS.findall(told) == [
        "20 November 2026, 11:00 (Yekaterinburg, UTC+5)",
        "1 December 2099, 20:00 (Yekaterinburg, UTC+5)",
    ]
    assert "data-yours" not in told


def test_without_a_choice_they_stand_by_the_clock_of_the_place_one_acts_for(
    contest: Contest, client: Client
) -> None:
    region = a_region("XB-YAR", "Край")
    region.time_zone = "Europe/Samara"
    region.save()
    client.force_login(a_leader(organisation=an_organisation("Соседи", region=region)))

    assert YOURS.findall(page(client, contest))[1] == "1 December 2099, 19:00 (Samara, UTC+4)"


def test_the_same_clock_is_not_told_twice(contest: Contest, client: Client) -> None:
    client.force_login(a_consultant(centre=contest.centre))

    told = page(client, contest)

    assert YOURS.findall(told) == []
    assert "data-yours" not in told


def test_of_whoever_has_not_signed_in_the_device_knows_the_clock(
    contest: Contest, client: Client
) -> None:
    told = page(client, contest)

    assert 'datetime="2099-12-01T18:00:00+03:00" data-yours="by your clock: {moment}"' in told


@pytest.mark.parametrize(
    ("stage", "opens", "closes", "said"),
    [
        ("open", -1, timedelta(days=2, hours=3, minutes=5), "2 days 3 hours left"),
        ("open", -1, timedelta(hours=1, minutes=2), "1 hour 1 minute left"),
        ("open", -1, timedelta(seconds=20), "1 minute left"),
        ("announced", 5, timedelta(days=9), "4 days 23 hours until the intake begins"),
    ],
)
def test_the_page_says_how_long_there_is_still(
    contest: Contest, client: Client, stage: str, opens: int, closes: timedelta, said: str
) -> None:
    now = timezone.now()
    Contest.objects.update(
        stage=stage, opens_at=now + timedelta(days=opens), closes_at=now + closes
    )

    told = page(client, contest)

    assert f">{said}</span>" in told
    assert re.search(r'data-left="\d+" data-said="\{time\} ', told)


def test_after_the_end_nothing_is_counted(contest: Contest, client: Client) -> None:
    Contest.objects.update(closes_at=timezone.now() - timedelta(seconds=1))

    assert "data-left" not in page(client, contest)
