"""Minutes state what was registered and decided, and only that of which people were told."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from docx import Document

from sinergia.applications.actions.confirming import mark_received
from sinergia.applications.actions.screening import PATIENCE, Given, decide, take_back
from sinergia.applications.actions.submitting import submit, withdraw
from sinergia.applications.models import Submission
from sinergia.calls.models import Contest
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from tests.afterwards import run_errands
from tests.arrange import (
    NOON,
    a_consultant,
    a_leader,
    a_ready_project,
    an_organisation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LATER = NOON + PATIENCE + timedelta(seconds=1)
REGISTER = Given("register", "submitted")
TITLES = (
    "Registered",
    "Admitted",
    "Not admitted",
    "Returned for correction",
    "Checks made by people",
    "Withdrawn by those who applied",
    "Not decided yet",
    "Signatures",
)


@pytest.fixture
def screener(centre: Centre) -> Person:
    return a_consultant("larisa", centre=centre)


@pytest.fixture
def client(client: Client, screener: Person) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(screener)
    return client


def handed_in(contest: Contest, name: str) -> tuple[Submission, Person]:
    organisation = an_organisation(name)
    leader = a_leader(f"leader-{name}", organisation=organisation)
    project = a_ready_project(organisation=organisation, contest=contest)
    return submit(project, actor=leader, now=NOON), leader


def read(client: Client, contest: Contest) -> dict[str, list[list[str]]]:
    """The rows under each heading, without their head; none where it says so."""
    content = client.get(f"/calls/{contest.call.key}/minutes.docx").content
    told: dict[str, list[list[str]]] = {}
    title = ""
    for part in Document(BytesIO(content)).iter_inner_content():
        if hasattr(part, "rows"):
            told.setdefault(title, [[cell.text for cell in row.cells] for row in part.rows])
        elif part.style is not None and part.style.name == "Heading 1":
            title = part.text
        elif part.text == "None.":
            told[title] = [[]]
    return {name: rows[1:] for name, rows in told.items() if name}


def test_where_nothing_came_each_part_says_so_and_lines_to_sign_are_left(
    client: Client, contest: Contest
) -> None:
    told = read(client, contest)

    assert tuple(told) == TITLES
    assert [len(told[title]) for title in TITLES] == [0, 0, 0, 0, 0, 0, 0, 3]


def test_each_application_stands_where_what_was_decided_puts_it(
    client: Client, contest: Contest, screener: Person
) -> None:
    made = [handed_in(contest, name) for name in ("Алая", "Белая", "Вишнёвая", "Голубая", "Дымная")]
    admitted, refused, returned, withdrawn, waits = (one for one, _leader in made)
    for one in (refused, admitted):
        decide(one, REGISTER, actor=screener, now=NOON)
    sent_back = Given("return", "submitted", "Добавьте встречу", sections=["plan"])
    decide(returned, sent_back, actor=screener, now=NOON)
    withdraw(withdrawn, actor=made[3][1], now=NOON)
    mark_received(admitted, NOON.date(), actor=screener, now=NOON)
    run_errands()
    decide(admitted, Given("admit", "registered"), actor=screener, now=LATER)
    given = Given("refuse", "registered", "Выписка от 20 ноября", clause="applicant")
    decide(refused, given, actor=screener, now=LATER)
    run_errands()

    told = read(client, contest)

    assert [(row[0], row[2], row[5]) for row in told["Registered"]] == [
        ("1", "Белая", "—"),
        ("2", "Алая", "On paper, 23 November 2026"),
    ]
    assert [row[:2] for row in told["Admitted"]] == [["26-1-0001", "Алая"]]
    assert [[*row[:2], *row[3:5]] for row in told["Not admitted"]] == [
        [
            "26-1-0002",
            "Белая",
            "основание 1. The applicant does not meet the requirements.",
            "Выписка от 20 ноября",
        ]
    ]
    assert [[row[1], *row[3:5]] for row in told["Returned for correction"]] == [
        ["Вишнёвая", "Plan of events", "Добавьте встречу"]
    ]
    assert [row[1] for row in told["Withdrawn by those who applied"]] == ["Голубая"]
    assert [row[1] for row in told["Not decided yet"]] == ["Вишнёвая", waits.organisation.name]
    assert told["Admitted"][0][4].endswith("larisa")
    assert told["Signatures"][0][0] == "larisa"


def test_what_was_taken_back_or_not_told_yet_is_not_decided(
    client: Client, contest: Contest, screener: Person
) -> None:
    first, second = (handed_in(contest, name)[0] for name in ("Алая", "Белая"))
    take_back(decide(first, REGISTER, actor=screener, now=NOON), actor=screener, now=NOON)
    decide(second, REGISTER, actor=screener, now=NOON)

    told = read(client, contest)

    assert told["Registered"] == []
    assert [row[1] for row in told["Not decided yet"]] == ["Алая", "Белая"]


def test_minutes_are_in_the_language_of_whoever_reads(client: Client, contest: Contest) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
    answer = client.get(f"/calls/{contest.call.key}/minutes.docx")

    properties = Document(BytesIO(answer.content)).core_properties
    assert (properties.language, answer["Content-Type"].rpartition(".")[2]) == ("ru", "document")
