"""The board of a contest: every number is what it opens, and no draft is read."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from sinergia.applications.actions.submitting import submit
from sinergia.applications.queries.board import (
    DAY,
    DAYS,
    DIRECTION,
    MUNICIPALITY,
    Line,
    board_of,
)
from sinergia.applications.queries.received import (
    NONE,
    ReceivedFilter,
    drafts,
)
from sinergia.applications.words.board import MOST_LINES
from sinergia.base.drafts.actions import Save
from sinergia.calls.models import Contest
from sinergia.organisations.models import Centre, Organisation
from sinergia.people.models import Person
from sinergia.projects.actions.files import attach, take_off
from sinergia.projects.actions.history import keep_quiet
from sinergia.projects.actions.saving import QUIET, save_fields
from sinergia.projects.actions.starting import remove_project, share_project
from sinergia.projects.models import Project
from sinergia.projects.tasks import count_drafts
from tests.applications.arrange_received import rows_of, some
from tests.arrange import (
    NOON,
    a_consultant,
    a_leader,
    a_municipality,
    a_project,
    a_ready_project,
    an_organisation,
    an_upload,
)
from tests.projects.test_saving import path

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
QUIETLY = NOON + QUIET + timedelta(seconds=1)


@pytest.fixture
def screener(centre: Centre, client: Client) -> Person:
    made = a_consultant(centre=centre)
    client.force_login(made)
    return made


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation("Полтора шага")


def numbers(page: str) -> Iterator[tuple[str, int]]:
    """Every number of a page that opens something: the address and how many it says."""
    for url, text in re.findall(r'<td class="num"[^>]*><a href="([^"]+)">(\d+)</a>', page):
        yield unescape(url), int(text)
    for url, text in re.findall(r'href="([^"]+)">\s*<span class="figure-value">(\d+)</span>', page):
        yield unescape(url), int(text)


def test_every_number_of_the_board_opens_as_many_rows(
    contest: Contest, screener: Person, client: Client, organisation: Organisation, leader: Person
) -> None:
    some(contest)
    organisation.municipality = a_municipality("Ковыльск", region=organisation.region)
    organisation.save(update_fields=["municipality"])
    begun = a_project("Семья ждёт", organisation=organisation, contest=contest)
    ready = a_ready_project(organisation=organisation, contest=contest)
    for one in (begun, ready):
        keep_quiet(one, now=QUIETLY)

    page = client.get(f"/calls/{contest.call.key}/came-in/").content.decode()
    told = list(numbers(page))

    assert [number for _url, number in told[-3:]] == [3, 1, 3]  # drafts, near ones, submitted
    assert len(told) > 12
    for url, number in told:
        assert rows_of(client.get(url).content.decode()) == number, url


def test_municipalities_past_the_first_ones_are_a_click_away(
    contest: Contest, screener: Person, client: Client
) -> None:
    for number in range(MOST_LINES + 1):
        body = an_organisation(f"Организация {number}")
        body.municipality = a_municipality(f"Город {number}", region=body.region)
        body.save(update_fields=["municipality"])
        Project.objects.create(
            organisation=body, contest=contest, made_by=uuid4(), made_at=NOON, changed_at=NOON
        )
    address = f"/calls/{contest.call.key}/came-in/"

    few, whole = (client.get(address + query).content.decode() for query in ("", "?all=yes"))

    assert few.count(">Город ") == MOST_LINES
    assert '<a href="?all=yes">' in few
    assert whole.count(">Город ") == MOST_LINES + 1
    assert '<a href="?all=yes">' not in whole


def test_the_board_counts_by_direction_municipality_and_day(
    contest: Contest, organisation: Organisation, leader: Person
) -> None:
    made = some(contest)
    a_project(organisation=organisation, contest=contest)

    board = board_of(contest, now=NOON + timedelta(days=2))

    place = made["first"].organisation.municipality
    assert place is not None
    # What was withdrawn is a draft again.
    assert (board.whole.drafts, board.whole.near, board.whole.submitted) == (2, 0, 3)
    assert dict(board.by_stage) == {"submitted": 3, "withdrawn": 1}
    assert board.lines[DIRECTION] == [
        Line("community", 0, 0, 2),
        Line("family", 0, 0, 1),
        Line(NONE, 2, 0, 0),
    ]
    assert Line(str(place.key), 0, 0, 1) in board.lines[MUNICIPALITY]
    day = NOON.astimezone(UTC).date()
    assert board.lines[DAY] == [
        Line(str(day + timedelta(days=1)), 0, 0, 1),
        Line(str(day), 2, 0, 2),
    ]


def test_days_are_told_by_the_clock_of_the_contest_and_old_ones_together(
    contest: Contest, organisation: Organisation
) -> None:
    Contest.objects.filter(pk=contest.pk).update(
        time_zone="Asia/Vladivostok", closes_at=NOON + timedelta(days=60)
    )
    contest.refresh_from_db()
    project = a_project(organisation=organisation, contest=contest)
    night = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # the 21st there
    now = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
    Project.objects.filter(pk=project.pk).update(made_at=night)
    assert [one.code for one in board_of(contest, now=now).lines[DAY]] == ["2026-11-21"]

    later = now + timedelta(days=DAYS)
    code = board_of(contest, now=later).lines[DAY][0].code

    assert code == "-2026-11-21"
    assert drafts(contest, ReceivedFilter(day=code)).count() == 1
    assert drafts(contest, ReceivedFilter(day="2026-11-20")).count() == 0


def test_a_draft_is_nearly_ready_where_little_hinders_as_of_the_last_quiet_moment(
    contest: Contest, organisation: Organisation, leader: Person
) -> None:
    project = a_ready_project(organisation=organisation, contest=contest)
    near = ReceivedFilter(near="yes")
    assert not drafts(contest, near).exists()

    keep_quiet(project, now=QUIETLY)
    project.refresh_from_db()
    assert (project.to_mend, project.direction) == (0, "community")
    assert drafts(contest, near).count() == 1

    emptied = ["summary", "problem", "qualitative", "activities"]
    saves = [Save(path(one), "", 1) for one in emptied]
    save_fields(project, saves, actor=leader, now=QUIETLY)
    keep_quiet(project, now=QUIETLY + QUIET)
    project.refresh_from_db()
    assert project.to_mend == 4
    assert not drafts(contest, near).exists()


def test_a_file_is_a_change_too_and_is_counted(
    contest: Contest, organisation: Organisation, leader: Person
) -> None:
    project = a_ready_project(organisation=organisation, contest=contest)
    later = NOON + 2 * QUIET

    added = attach(project, "letters", an_upload(leader), actor=leader, now=later)
    project.refresh_from_db()
    assert project.changed_at == later
    take_off(added, actor=leader, now=later + QUIET)
    project.refresh_from_db()
    assert project.changed_at == later + QUIET


def test_drafts_are_counted_anew_each_day_as_long_as_the_intake_lasts(
    contest: Contest, organisation: Organisation
) -> None:
    open_ = a_ready_project(organisation=organisation, contest=contest)
    Contest.objects.update(closes_at=timezone.now() + timedelta(days=1))
    count_drafts()
    open_.refresh_from_db()
    assert open_.to_mend == 0

    Project.objects.update(to_mend=None)
    Contest.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    count_drafts()
    open_.refresh_from_db()
    assert open_.to_mend is None


def test_of_drafts_only_those_that_are_shared_are_named(
    contest: Contest, screener: Person, organisation: Organisation, leader: Person, client: Client
) -> None:
    hidden = a_project("Тайный замысел", organisation=organisation, contest=contest)
    shared = a_project("Общий двор", organisation=organisation, contest=contest)
    share_project(shared, is_shared=True, actor=leader, now=NOON)
    secret = an_organisation("Невидимки")
    a_leader("unseen", organisation=secret)
    a_project("Замысел невидимок", organisation=secret, contest=contest)

    for query in ("", "?direction=none", "?municipality=none", "?day=2026-11-23"):
        page = client.get(f"/calls/{contest.call.key}/drafts/{query}").content.decode()
        assert rows_of(page) == 3
        assert "Тайный замысел" not in page
        assert "невидимок" not in page.lower()
        assert str(hidden.key) not in page
    everything = client.get(f"/calls/{contest.call.key}/drafts/").content.decode()
    assert f"/projects/{shared.key}/" in everything
    assert "Общий двор" in everything
    assert client.get(f"/projects/{hidden.key}/").status_code == 404


def test_two_lists_side_by_side_do_not_tell_whose_a_draft_is(
    contest: Contest, screener: Person, organisation: Organisation, client: Client
) -> None:
    place = a_municipality("Меловец", region=organisation.region)
    organisation.municipality = place
    organisation.save(update_fields=["municipality"])
    a_project("Замысел", organisation=organisation, contest=contest)
    board = f"/calls/{contest.call.key}/drafts/"

    of_place = client.get(f"{board}?municipality={place.key}&direction=family").content.decode()

    # One thing at a time: the direction is asked, so that the place is not.
    assert rows_of(of_place) == 0
    assert "Меловец" not in of_place
    in_place = client.get(f"{board}?municipality={place.key}").content.decode()
    assert rows_of(in_place) == 1
    assert "2026" not in re.findall(r"<tbody>(.*?)</tbody>", in_place, re.DOTALL)[0]


def test_what_is_put_away_or_submitted_is_no_draft(
    contest: Contest, organisation: Organisation, leader: Person
) -> None:
    away = a_project(organisation=organisation, contest=contest)
    remove_project(away, actor=leader, now=NOON)
    there = a_ready_project(organisation=organisation, contest=contest)
    submit(there, actor=leader, now=NOON)

    assert not drafts(contest, ReceivedFilter()).exists()
