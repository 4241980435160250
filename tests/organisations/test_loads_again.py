"""A list that comes again: what stands in it as it stood is not read, and nothing is missed."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from sinergia.base.tables.models import LoadNote
from sinergia.organisations.actions.loads.planning import Terms, plan_file
from sinergia.organisations.models import Question, Source
from sinergia.organisations.reading import read_organisations
from sinergia.organisations.reading import rows as reading
from sinergia.people.models import Person
from tests.arrange import a_municipality, an_administrator
from tests.organisations.register_files import (
    a_csv,
    a_row,
    counts,
    known_regions,
    load_rows,
    numbers,
    organisation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def olga() -> Person:
    known_regions()
    return an_administrator()


def standing(folder: Path, *rows: Mapping[str, object]) -> set[int]:
    """Rows of a list that need not be read, by their numbers in the file: the first is 2."""
    file = read_organisations(a_csv(folder / "again.csv", rows), {})
    return set(plan_file(file, Terms(Source.objects.get())).standing)


def test_what_stands_to_the_letter_is_not_read_again(tmp_path: Path, olga: Person) -> None:
    load_rows(tmp_path, a_row(1), a_row(2), actor=olga)
    changed = a_row(2, address="г. Кленовск, ул. Новая, д. 1")

    assert standing(tmp_path, a_row(1), changed, a_row(3)) == {2}
    again = load_rows(tmp_path, a_row(3), a_row(1), changed, actor=olga)

    assert counts(again) == (1, 1, 1, 0, 0)
    assert organisation(2).address == "г. Кленовск, ул. Новая, д. 1"
    assert standing(tmp_path, a_row(1), changed, a_row(3)) == {2, 3, 4}


def test_other_letters_with_the_same_meaning_are_known_the_next_time(
    tmp_path: Path, olga: Person
) -> None:
    load_rows(tmp_path, a_row(1), actor=olga)
    dressed = a_row(1, site="HTTPS://www.DOM1.example/")
    assert standing(tmp_path, dressed) == set()

    again = load_rows(tmp_path, dressed, actor=olga)

    assert counts(again) == (0, 0, 1, 0, 0)
    assert standing(tmp_path, dressed) == {2}


def test_a_town_that_became_known_is_taken_from_letters_that_stand(
    tmp_path: Path, olga: Person
) -> None:
    row = a_row(1, municipality="Кленовск")
    load_rows(tmp_path, row, actor=olga)
    town = a_municipality("Кленовск")

    again = load_rows(tmp_path, row, actor=olga)

    assert counts(again) == (0, 1, 0, 0, 0)
    assert organisation(1).municipality == town


def test_what_was_said_of_a_row_is_said_again(tmp_path: Path, olga: Person) -> None:
    row = a_row(1, registered_on="вчера")
    load_rows(tmp_path, row, actor=olga)

    again = load_rows(tmp_path, row, actor=olga)

    assert counts(again) == (0, 0, 1, 0, 0)
    assert LoadNote.objects.filter(load=again).values_list("code", flat=True).get() == (
        "date_unreadable"
    )


def test_a_row_whose_question_waits_is_queued_again(tmp_path: Path, olga: Person) -> None:
    load_rows(tmp_path, a_row(1), actor=olga)
    moved = a_row(1, region="Ярогорский край")
    assert counts(load_rows(tmp_path, moved, actor=olga)) == (0, 0, 0, 1, 0)

    again = load_rows(tmp_path, moved, actor=olga)

    assert counts(again) == (0, 0, 0, 1, 0)
    assert Question.objects.filter(settled_at=None).count() == 1


def test_a_row_that_comes_twice_is_read_with_the_other(tmp_path: Path, olga: Person) -> None:
    load_rows(tmp_path, a_row(1), actor=olga)
    twin = a_row(1, address="г. Кленовск, ул. Новая, д. 1")

    again = load_rows(tmp_path, a_row(1), twin, actor=olga)

    assert counts(again) == (0, 1, 1, 0, 0)
    assert organisation(1).address == "г. Кленовск, ул. Новая, д. 1"
    assert counts(load_rows(tmp_path, a_row(1), actor=olga)) == (0, 1, 0, 0, 0)
    assert organisation(1).address == a_row(1)["address"]


def test_a_number_that_the_register_lacks_is_taken_from_letters_that_stand(
    tmp_path: Path, olga: Person
) -> None:
    load_rows(tmp_path, a_row(1), actor=olga)
    held = organisation(1)
    held.identifiers.filter(scheme="RU-INN").delete()

    load_rows(tmp_path, a_row(1), actor=olga)

    assert held.identifiers.get(scheme="RU-INN").value == numbers(1)[1]


def test_another_version_reads_every_row_anew(
    tmp_path: Path, olga: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_rows(tmp_path, a_row(1), actor=olga)

    monkeypatch.setattr(reading, "__version__", "another")

    assert standing(tmp_path, a_row(1)) == set()


def test_a_persons_row_is_told_by_its_name(tmp_path: Path, olga: Person) -> None:
    row = a_row(1, ogrn="304500116000157", inn="500100732259")
    load_rows(tmp_path, row, actor=olga)

    assert standing(tmp_path, row) == set()
