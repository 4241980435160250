"""What awaits a person is settled, and taken back."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from sinergia.applications.actions.doubts import (
    Numbers,
    reopen_doubt,
    settle_owner,
    settle_region,
)
from sinergia.applications.actions.words import map_statuses
from sinergia.applications.models import Application, Doubt
from sinergia.base.journal.models import Entry
from sinergia.calls.models import StatusWord
from sinergia.engine.refusal import Refused
from sinergia.organisations.models import Organisation
from tests.applications.files import a_csv, a_known_region, a_row, load_file, numbers
from tests.arrange import NOON, a_person, a_region, an_administrator, an_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def a_waiting_row(tmp_path: Path, **given: object) -> Doubt:
    """A row of a loaded file that awaits a person."""
    a_known_region()
    row = a_row(1, ogrn="", inn="") | given
    load_file(a_csv(tmp_path / "f.csv", [row]), actor=an_administrator("pavel"))
    return Doubt.objects.get()


def test_a_person_says_whose_an_application_is(tmp_path: Path) -> None:
    doubt, olga = a_waiting_row(tmp_path), an_administrator()
    home = an_organisation()

    settled = settle_owner(doubt.key, home, actor=olga, now=NOON)

    home.refresh_from_db()
    assert (settled.settled_at, settled.settled_by) == (NOON, olga)
    assert Application.objects.get().organisation == home
    assert (home.applications_count, home.won_count) == (1, 1)
    assert Entry.objects.filter(verb="application.owner_settled").count() == 1


def test_settling_twice_is_harmless(tmp_path: Path) -> None:
    doubt, olga = a_waiting_row(tmp_path), an_administrator()
    home, other = an_organisation(), an_organisation("Другая")

    settle_owner(doubt.key, home, actor=olga, now=NOON)
    settle_owner(doubt.key, other, actor=olga, now=NOON)

    assert Application.objects.get().organisation == home
    assert Entry.objects.filter(verb="application.owner_settled").count() == 1


def test_a_new_number_enters_the_organisation_under_its_filed_name(tmp_path: Path) -> None:
    doubt, olga = a_waiting_row(tmp_path), an_administrator()

    settle_owner(doubt.key, Numbers(*numbers(8)), actor=olga, now=NOON)

    entered = Organisation.objects.get()
    assert (entered.name, entered.applications_count) == ("АНО «Дом 1»", 1)
    assert entered.identifiers.count() == 2


def test_a_taken_number_is_refused(tmp_path: Path) -> None:
    doubt, olga = a_waiting_row(tmp_path), an_administrator()
    load_file(a_csv(tmp_path / "g.csv", [a_row(8)]), actor=olga)

    with pytest.raises(Refused):
        settle_owner(doubt.key, Numbers(numbers(8)[0], ""), actor=olga, now=NOON)

    assert Organisation.objects.count() == 1


def test_one_answer_settles_every_row_written_so_and_the_next_file_too(tmp_path: Path) -> None:
    a_known_region()
    olga, far = an_administrator(), a_region("XB-YAR", "Ярогорский край")
    rows = [a_row(place, region="Ярогорье") for place in (1, 2)]
    load_file(a_csv(tmp_path / "f.csv", rows), actor=olga)
    doubt = Doubt.objects.order_by("pk")[0]

    settle_region(doubt.key, far, actor=olga, now=NOON)
    again = load_file(a_csv(tmp_path / "g.csv", [*rows, a_row(3, region="ярогорье")]), actor=olga)

    assert Doubt.objects.filter(settled_at__isnull=True).count() == 0
    assert list(Application.objects.values_list("region", flat=True)) == [far.pk] * 3
    assert (again.counts["created"], again.counts["unchanged"]) == (1, 2)


def test_what_was_settled_can_be_taken_back(tmp_path: Path) -> None:
    doubt, olga = a_waiting_row(tmp_path), an_administrator()
    home = an_organisation()
    settle_owner(doubt.key, home, actor=olga, now=NOON)

    reopen_doubt(doubt.key, actor=olga, now=NOON)

    home.refresh_from_db()
    doubt.refresh_from_db()
    assert (doubt.settled_at, doubt.settled_by) == (None, None)
    assert Application.objects.get().organisation is None
    assert home.applications_count == 0


def test_a_settled_row_stays_settled_when_its_file_comes_again(tmp_path: Path) -> None:
    doubt, olga = a_waiting_row(tmp_path), an_administrator()
    home = an_organisation()
    settle_owner(doubt.key, home, actor=olga, now=NOON)

    again = load_file(tmp_path / "f.csv", actor=olga)

    assert again.counts["unchanged"] == 1
    assert Application.objects.get().organisation == home


def test_a_later_row_with_numbers_answers_the_question(tmp_path: Path) -> None:
    a_waiting_row(tmp_path)

    later = load_file(a_csv(tmp_path / "g.csv", [a_row(1)]), actor=an_administrator())

    assert later.counts["updated"] == 1
    assert Doubt.objects.filter(settled_at__isnull=True).count() == 0
    assert Application.objects.get().organisation is not None


def test_a_word_gets_its_meaning_and_figures_follow(tmp_path: Path) -> None:
    a_known_region()
    olga = an_administrator()
    load_file(a_csv(tmp_path / "f.csv", [a_row(1, status="грант назначен")]), actor=olga)
    word = StatusWord.objects.get()

    changed = map_statuses({word.key: "won"}, actor=olga, now=NOON)
    again = map_statuses({word.key: "won"}, actor=olga, now=NOON)

    assert (changed, again) == (1, 0)
    assert Application.objects.get().outcome == "won"
    assert Organisation.objects.get().won_count == 1


def test_only_who_administers_settles_and_maps(tmp_path: Path) -> None:
    doubt, anna = a_waiting_row(tmp_path), a_person()

    with pytest.raises(PermissionDenied):
        settle_owner(doubt.key, an_organisation(), actor=anna, now=NOON)
    with pytest.raises(PermissionDenied):
        settle_region(doubt.key, a_region(), actor=anna, now=NOON)
    with pytest.raises(PermissionDenied):
        reopen_doubt(doubt.key, actor=anna, now=NOON)
    with pytest.raises(PermissionDenied):
        map_statuses({}, actor=anna, now=NOON)
