import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sinergia.base.search.actions import Findable, index_rows
from sinergia.base.search.near import nearest, slips, switched
from sinergia.organisations.models import Organisation
from tests.arrange import a_region, an_organisation
from tests.search.asking import questions

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def an_indexed(name: str, *, region: str = "XA-SVB") -> Organisation:
    organisation = an_organisation(name, region=a_region(region))
    index_rows("organisation", [Findable(organisation.pk, name)], is_new=True)
    return organisation


def meant(typed: str) -> str:
    return nearest(typed, {"organisation": Organisation.objects.all()})


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ghbdtn", "привет"),
        ("Ghbdtn", "Привет"),
        ("djkjyn`hs", "волонтёры"),
        ("k.lb", "люди"),
        ("тпщ", "ngo"),
        ("цщквы", "words"),
    ],
)
def test_another_keyboard_layout_is_read(typed: str, expected: str) -> None:
    an_indexed("Привет, люди! Волонтёрам NGO words")

    assert meant(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ветиранов", "ветеранов"),  # another letter
        ("ветераов", "ветеранов"),  # one less
        ("ветерранов", "ветеранов"),  # one more
        ("ветреанов", "ветеранов"),  # two swapped
        ("ветиранам", "ветеранам"),  # a form that stands nowhere
        ("совет ветиранов", "совет ветеранов"),
        ("савет ветиранов", "совет ветеранов"),
        ("Клинавск", ""),  # two slips in one word
        ("вет", ""),  # too short to say
        ("ветеранов молодёжи", ""),  # no slip: they are not there together
    ],
)
def test_one_slip_in_a_word_is_mended(typed: str, expected: str) -> None:
    an_indexed("Совет ветеранов Кленовска")

    assert meant(typed) == expected


def test_what_most_rows_hold_is_offered() -> None:
    an_indexed("Кот")
    for _ in range(2):
        an_indexed("Клуб «Кино»")
    an_indexed("Клуб «Окино»")

    assert meant("кинно") == "кино"


def test_no_word_of_a_row_that_the_reader_may_not_see_is_offered() -> None:
    an_indexed("Совет ветеранов", region="XB-YAR")
    an_indexed("Совет отцов")
    theirs = Organisation.objects.filter(region=a_region())

    told = [nearest(typed, {"organisation": theirs}) for typed in ("ветиранов", "dtnthfyjd")]

    assert (told, meant("ветиранов")) == (["", ""], "ветеранов")


@pytest.mark.parametrize("typed", ["", "***", "слово " * 7, "1027700", "x" * 500, "ghbd привет"])
def test_what_is_no_slip_has_no_near_word(typed: str) -> None:
    an_indexed("Совет ветеранов")

    assert meant(typed) == ""


def test_a_near_word_is_sought_by_six_queries_at_most() -> None:
    an_indexed("Совет ветеранов")

    with CaptureQueriesContext(connection) as captured:
        assert meant("савет ветиранов") == "совет ветеранов"

    assert questions(captured) <= 6


def test_every_text_one_letter_away_is_a_slip() -> None:
    found = slips("кот")

    assert {"кит", "ко", "котт", "окт", "скот", "рот"} <= found
    assert "кот" not in found


def test_a_text_in_two_alphabets_has_no_other_layout() -> None:
    assert [switched(typed) for typed in ("NGO клуб", "2026", "қазақ")] == ["", "", ""]
