"""The page of results: reasons, the reserve, sums that run down, and the rows of each number."""

from typing import Any

import pytest
from django.test import Client

from sinergia.calls.models import Contest
from sinergia.people.models import Person
from sinergia.review.models import Award
from tests.afterwards import run_errands
from tests.review.deciding import a_rated, a_sitting, adopted, published

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


@pytest.fixture
def rich(contest: Contest) -> Contest:
    """A contest with 100 000 for all, of which one application wins."""
    contest.budget_minor = 100_000_00
    contest.save()
    a_rated("Победитель", "91.25", contest=contest)
    a_rated("Запасной", "80", contest=contest)
    a_rated("Прочий", "20", contest=contest)
    return contest


def test_results_show_reasons_reserve_and_running_sums_and_open_their_numbers(
    rich: Contest, operator: Person, client: Client
) -> None:
    moved = a_rated("Переведён", "30", contest=rich, asked=5_000_00)
    sitting = a_sitting(rich, number="0")
    adopted(sitting, "move", moved, moved="won")
    published(rich, operator)
    run_errands()
    address = f"/calls/{rich.call.key}/results/"

    page = client.get(address)
    rows = [(one.examination.submission.title, running) for one, running in page.context["rows"]]

    assert rows == [
        ("Победитель", 90_000_00),
        ("Запасной", None),
        ("Переведён", 95_000_00),
        ("Прочий", None),
    ]
    assert "Других таких в районе нет" in page.content.decode()
    for tile, number in zip(page.context["tiles"][:2], (4, 2), strict=False):
        assert len(client.get(address + tile.url).context["rows"]) == number
    for query, titles in (
        ("?outcome=moved", ["Переведён"]),
        ("?outcome=reserve", ["Запасной"]),
        ("?q=победитель", ["Победитель"]),
        ("?category=none", []),
        ("?sort=-rating", ["Победитель", "Запасной", "Переведён", "Прочий"]),
        ("?outcome=junk&sort=junk&after=junk", [row[0] for row in rows]),
    ):
        found = client.get(address + query).context["rows"]
        assert [one.examination.submission.title for one, _ in found] == titles, query


def test_the_file_holds_the_rows_of_the_address(
    rich: Contest, operator: Person, client: Client
) -> None:
    published(rich, operator)

    whole = client.get(f"/calls/{rich.call.key}/results/export.csv").content.decode("utf-8-sig")
    won = client.get(f"/calls/{rich.call.key}/results/export.csv?outcome=won").content
    book = client.get(f"/calls/{rich.call.key}/results/export.xlsx")

    assert len(whole.strip().splitlines()) == 4
    assert len(won.decode().strip().splitlines()) == 2
    assert "91.25" in whole
    assert book.status_code == 200
    assert client.get(f"/calls/{rich.call.key}/results/export.pdf").status_code == 404


def test_results_take_as_many_queries_for_many_rows_as_for_few(
    rich: Contest,
    operator: Person,
    client: Client,
    django_assert_max_num_queries: Any,  # noqa: ANN401  # of pytest-django
) -> None:
    for number in range(30):
        a_rated(f"Проект {number}", "70", contest=rich)
    published(rich, operator)

    with django_assert_max_num_queries(12):
        page = client.get(f"/calls/{rich.call.key}/results/")

    assert len(page.context["rows"]) == 25
    assert Award.objects.count() == 33


def test_a_training_contest_has_no_public_result(
    rich: Contest, operator: Person, client: Client
) -> None:
    Contest.objects.update(is_training=True)
    published(Contest.objects.select_related("call").get(), operator)
    run_errands()

    assert client.get(f"/calls/{rich.call.key}/results/").status_code == 404


def test_the_result_says_where_the_line_was_drawn(
    client: Client, rich: Contest, operator: Person
) -> None:
    a_rated("Ниже черты", "10", contest=rich)
    moved = a_rated("Переведён в резерв", "12", contest=rich)
    adopted(a_sitting(rich, number="0"), "move", moved, moved="reserve")
    published(rich, operator)
    address = f"/calls/{rich.call.key}/results/"

    told = client.get(address, headers={"accept-language": "en"}).context["line"]

    for words, url in told:
        rows = client.get(address + url).context["rows"] if url else []
        named = [one.examination.submission.title for one, _running in rows]
        if "did not reach" in words:
            assert named == ["Запасной"]
        elif "below" in words:
            assert {"Ниже черты", "Прочий"} == set(named)
    assert any("did not reach 1 application" in words for words, _url in told)
    assert told[-1][0].endswith("91.25.")


def test_a_rating_is_told_with_every_decimal_that_it_has(
    rich: Contest, operator: Person, client: Client
) -> None:
    a_rated("Близкий", "62.345", contest=rich)
    a_rated("Ближний", "62.344", contest=rich)
    published(rich, operator)

    page = client.get(f"/calls/{rich.call.key}/results/").content.decode()

    assert [one in page for one in ("62,345", "62,344", "91,25", "80,00")] == [True] * 4
