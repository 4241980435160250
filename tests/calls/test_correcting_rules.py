"""A correction of frozen rules is looked at before it is kept."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sinergia.calls.actions.contests import write_rules
from sinergia.calls.models import Contest
from sinergia.organisations.models import Centre
from sinergia.packs.rules import shipped
from sinergia.people.models import Person
from tests.arrange import NOON, a_centre, a_consultant, a_contest, a_fund
from tests.calls.test_contest_pages import SHIPPED

pytestmark = [pytest.mark.django_db, pytest.mark.both]
WHY = "Опечатка в названии"


@pytest.fixture
def centre() -> Centre:
    return a_centre()


@pytest.fixture
def contest(centre: Centre) -> Contest:
    return a_contest(centre=centre)


@pytest.fixture
def head(centre: Centre, client: Client) -> Person:
    made = a_consultant("head", centre=centre, role="head")
    client.force_login(made)
    client.cookies["django_language"] = "en"
    return made


def send(
    client: Client, contest: Contest, *, title: str = "", reason: str = WHY
) -> tuple[int, str]:
    """The form of a correction: the rules that hold, with another title where one is given."""
    text = (SHIPPED / "regional.toml").read_text(encoding="utf-8")
    name = shipped()["regional"].name.told("ru")
    file = SimpleUploadedFile("own.toml", text.replace(name, title or name).encode())
    asked = {"ready": "own", "file": file, "reason": reason}
    page = client.post(f"/calls/{contest.call.key}/rules/", asked)
    return page.status_code, page.content.decode()


def keep(client: Client, contest: Contest, looked: str) -> tuple[str, str]:
    """Where it leads, and what it says."""
    page = client.post(f"/calls/{contest.call.key}/rules/", {"looked": looked})
    return page.get("Location", ""), page.content.decode()


def carried(shown: str) -> str:
    found = re.search(r'name="looked" value="([^"]+)"', shown)
    assert found is not None
    return found[1]


def test_what_would_change_is_shown_and_kept_by_one_button_once(
    client: Client, contest: Contest, head: Person
) -> None:
    status, shown = send(client, contest, title="Иное название")
    before = contest.rules.count()

    kept = [keep(client, contest, carried(shown))[0] for _twice in range(2)]

    assert (status, before) == (200, 1)
    assert all(words in shown for words in (WHY, "name.ru", "Иное название"))
    assert kept == [f"/calls/{contest.call.key}/inside/"] * 2
    latest = contest.rules.latest("version")
    assert (latest.version, latest.reason) == (2, WHY)


def test_without_a_difference_there_is_nothing_to_keep(
    client: Client, contest: Contest, head: Person
) -> None:
    _status, shown = send(client, contest)

    assert "Nothing differs from the rules that hold" in shown
    assert 'name="looked"' not in shown


def test_what_is_against_a_correction_is_told_at_the_form(
    client: Client, contest: Contest, head: Person
) -> None:
    status, shown = send(client, contest, title="Иное название", reason="")

    assert status == 422
    assert 'name="looked"' not in shown


def test_what_was_not_signed_for_this_contest_is_not_kept(
    client: Client, contest: Contest, head: Person
) -> None:
    looked = carried(send(client, contest, title="Иное название")[1])
    other = a_contest(centre=contest.centre, fund=a_fund("other"))

    answers = [keep(client, contest, f"{looked}x"), keep(client, other, looked)]

    assert all(place.endswith("/rules/") for place, _shown in answers)
    assert (contest.rules.count(), other.rules.count()) == (1, 1)


def test_of_two_corrections_the_second_is_looked_at_again(
    client: Client, contest: Contest, head: Person
) -> None:
    looked = carried(send(client, contest, title="Иное название")[1])
    write_rules(contest, shipped()["generic"], reason="Другие", actor=head, now=NOON)

    _place, again = keep(client, contest, looked)
    versions = contest.rules.count()
    keep(client, contest, carried(again))

    assert "The rules were corrected meanwhile." in again
    assert (versions, contest.rules.count()) == (2, 3)
