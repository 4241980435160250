"""The list and the journal of a contest: found, narrowed, sorted, taken away as a file."""

import re
from csv import reader
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinergia.applications.actions.screening import Given, decide, take_back
from sinergia.applications.models import Submission
from sinergia.applications.queries.received import (
    NONE,
    ReceivedFilter,
    entries,
    submissions,
)
from sinergia.calls.models import Contest
from sinergia.organisations.models import Centre, Organisation
from sinergia.people.models import Person
from sinergia.projects.models import Project
from tests.afterwards import run_errands
from tests.applications.arrange_received import handed_in, rows_of, some
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_region,
    an_organisation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def screener(centre: Centre, client: Client) -> Person:
    made = a_consultant(centre=centre)
    client.force_login(made)
    return made


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation("Полтора шага")


def test_a_list_is_searched_by_number_title_and_organisation_and_narrowed(
    contest: Contest,
) -> None:
    made = some(contest)

    def found(**asked: str) -> list[str]:
        asked_for = ReceivedFilter.from_query(asked)
        rows = submissions(contest, asked_for)
        names = {one.pk: name for name, one in made.items()}
        return sorted(names[one.pk] for one in rows)

    assert found() == ["first", "second", "third"]
    assert found(q="0003") == ["third"]
    assert found(q="голос") == ["third"]
    assert found(q="СВЕТОФОР двор") == ["first"]
    assert found(q="светофор голос") == []
    assert found(stage="withdrawn") == ["gone"]
    assert found(direction="family") == ["second"]
    assert found(direction="family", q="двор", stage="registered") == []
    place = made["third"].organisation.municipality
    assert place is not None
    assert found(municipality=str(place.key)) == ["third"]
    assert found(municipality=NONE) == ["second"]
    assert found(day="2026-11-24") == ["second"]
    assert found(day="-2026-11-23") == ["first", "third"]
    assert found(q="%") == []
    junk = {"municipality": "x", "day": "9999-12-31", "stage": "no", "near": "1"}
    assert found(**junk) == ["first", "second", "third"]


def test_a_file_holds_exactly_the_rows_of_the_list_in_its_order(
    contest: Contest, screener: Person, client: Client
) -> None:
    some(contest)
    address = f"/calls/{contest.call.key}/came-in/export."

    csv = client.get(f"{address}csv?sort=-organisation").content.decode("utf-8-sig")
    book = openpyxl.load_workbook(
        BytesIO(client.get(f"{address}xlsx?direction=community&sort=title").content)
    )
    rows = list(book.worksheets[0].values)

    names = [row[9] for row in reader(csv.splitlines())][1:]
    assert names == ["Старая верста", "Сказка на обходе", "Светофор во дворе"]
    assert [row[8] for row in rows[1:]] == ["Голоса Меловца", "Двор без углов"]
    assert rows[1][14] == 90_000
    assert client.get(f"{address}pdf").status_code == 404


def test_the_journal_is_searched_and_saved_and_forgets_nothing(
    contest: Contest, screener: Person, client: Client
) -> None:
    made = some(contest)
    for name in ("third", "first"):
        decide(made[name], Given("register", "submitted"), actor=screener, now=NOON)
        run_errands()
    address = f"/calls/{contest.call.key}/journal/"

    whole = client.get(address).content.decode()
    narrowed = client.get(f"{address}?q=голоса").content.decode()
    latest = client.get(f"{address}?sort=-entry").content.decode()
    csv = client.get(f"{address}export.csv?q=голоса").content.decode("utf-8-sig").splitlines()

    third, first = made["third"].shown_number, made["first"].shown_number
    assert whole.index(third) < whole.index(first)
    assert latest.index(first) < latest.index(third)
    assert (rows_of(narrowed), third in narrowed) == (1, True)
    assert [line.split(",")[:2] for line in csv[1:]] == [["1", third]]
    assert screener.name in narrowed  # who registered it, and in the file
    assert screener.name in csv[1]
    assert entries(contest, ReceivedFilter(stage="admitted")).count() == 0
    assert rows_of(client.get(f"{address}?q=нет").content.decode()) == 0


def test_the_journal_says_of_an_entry_that_its_registration_was_taken_back(
    contest: Contest, screener: Person, client: Client
) -> None:
    submission = some(contest)["first"]
    made = decide(submission, Given("register", "submitted"), actor=screener, now=NOON)
    take_back(made, actor=screener, now=NOON)
    client.cookies["django_language"] = "en"

    page = client.get(f"/calls/{contest.call.key}/journal/").content.decode()

    assert rows_of(page) == 1
    assert "taken back" in page


def questions(contest: Contest, client: Client) -> list[int]:
    """How often each list asks the database; each is light."""
    counts = []
    for address in ("came-in/", "came-in/?q=двор&sort=organisation", "journal/", "drafts/"):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"/calls/{contest.call.key}/{address}")
        assert (answer.status_code, len(answer.content) < 150_000) == (200, True)
        counts.append(len(queries))
    return counts


def test_pages_ask_as_often_for_many_rows_as_for_few_and_stay_light(
    contest: Contest, screener: Person, client: Client, organisation: Organisation
) -> None:
    handed_in(contest, "Первая", place="Кленовск")
    Submission.objects.update(entry=1)
    few = questions(contest, client)
    Submission.objects.bulk_create(
        Submission(
            contest=contest,
            project=Project.objects.create(
                organisation=organisation, made_by=uuid4(), made_at=NOON, changed_at=NOON
            ),
            organisation=organisation,
            number=number,
            version=1,
            shown_number=f"26-1-{number:04}",
            title="Тёплый двор " * 20,
            title_folded="теплый двор " * 20,
            direction=f"d{number}",
            asked_minor=number,
            currency="RUB",
            submitted_at=NOON - timedelta(days=number % 20),
            entry=number,
        )
        for number in range(2, 60)
    )

    many = questions(contest, client)

    assert max(many) <= 12
    assert [more <= less for more, less in zip(many, few, strict=True)] == [True] * 4


def test_another_centre_sees_neither_rows_nor_numbers(contest: Contest, client: Client) -> None:
    region = a_region("XB-YAR", "Ярогорский край")
    client.force_login(a_consultant("neighbour", centre=a_centre("Центр Б", region=region)))

    for page in ("came-in/", "drafts/", "journal/", "came-in/export.csv", "journal/export.xlsx"):
        assert client.get(f"/calls/{contest.call.key}/{page}").status_code == 404


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        ("submitted", "register by 24 March 2026"),  # on a Tuesday, five working days
        ("registered", "admit by 15 April 2026"),
        ("admitted", ""),
        ("returned", ""),
    ],
)
def test_the_list_and_the_page_say_by_which_day_an_application_is_decided_about(
    contest: Contest, screener: Person, client: Client, stage: str, said: str
) -> None:
    row = handed_in(contest, "Полтора шага")
    Submission.objects.filter(pk=row.pk).update(
        stage=stage, submitted_at=datetime(2026, 3, 16, 22, tzinfo=UTC)
    )
    Contest.objects.update(
        time_zone="Europe/Moscow",
        opens_at=datetime(2026, 3, 1, tzinfo=UTC),
        closes_at=datetime(2026, 3, 31, 20, tzinfo=UTC),
    )
    client.cookies["django_language"] = "en"

    pages = (
        client.get(f"/calls/{contest.call.key}/came-in/").text,
        client.get(f"/submissions/{row.key}/inside/").text,
    )

    for page in pages:
        found = re.findall(r"(?:register|admit) by [^<]*", page)
        assert [" ".join(one.split()[:5]) for one in found] == ([said] if said else [])
