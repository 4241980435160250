"""Many organisations entered at once: rows first, their words behind them."""

from datetime import date

import pytest

from sinergia.base.search.models import Indexed
from sinergia.organisations.actions import register
from sinergia.organisations.actions.register import (
    Newcomer,
    enter_organisations,
    register_organisations,
)
from sinergia.organisations.models import Identifier, Organisation
from tests.arrange import NOON, a_region

pytestmark = [pytest.mark.django_db, pytest.mark.both]

LETTERS = "БВГДЖЗКЛМНПРСТ"


def newcomers() -> list[Newcomer]:
    region = a_region()
    return [
        Newcomer(
            name=f"Союз «{letter}анк»",
            short_name=f"С{letter}",
            ogrn=f"10277000000{place:02}",
            region_id=region.pk,
            registered_on=date(2001, 2, 1 + place),
            site=f"site{place}.example",
        )
        for place, letter in enumerate(LETTERS)
    ]


@pytest.mark.parametrize(("ahead", "after"), [(0, 0), (3, 2), (3, 99), (99, 2)])
def test_each_is_found_by_its_own_words_however_far_these_lag(
    ahead: int, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "AHEAD", ahead)
    monkeypatch.setattr(register, "AFTER", after)
    given = newcomers()

    made = register_organisations(given, now=NOON)

    found_by = dict(Indexed.objects.values_list("row", "head"))
    for one, letter in zip(made, LETTERS, strict=True):
        assert f"{letter}анк".casefold() in found_by[one.pk].split()
    assert len(found_by) == len(made)
    numbers = Identifier.objects.order_by("organisation_id").values_list("value", flat=True)
    assert list(numbers) == [new.ogrn for new in given]


def test_what_is_read_back_is_what_was_given() -> None:
    given = newcomers()
    register_organisations(given, now=NOON)
    rows = Organisation.objects.order_by("pk")
    assert [
        (one.name, one.registered_on, one.site, one.made_at, one.closed_on) for one in rows
    ] == [(new.name, new.registered_on, new.site, NOON, None) for new in given]


def test_a_number_that_promises_more_than_come_breaks_the_transaction() -> None:
    with pytest.raises(ValueError, match="zip"):
        enter_organisations(newcomers(), len(LETTERS) + 1, now=NOON)
