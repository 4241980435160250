from dataclasses import replace
from datetime import date, timedelta

import pytest

from sinergia.engine.joining import (
    Asking,
    joining_gaps,
    kept_until,
    needs_parent,
    phase_of,
    takes_people,
)

LAST = date(2026, 10, 30)
AFTER = LAST + timedelta(days=1)


@pytest.mark.parametrize(
    ("stage", "today", "phase", "takes"),
    [
        ("preparing", LAST, "announced", True),
        ("under_way", LAST, "under_way", True),
        ("under_way", AFTER, "reporting", False),
        ("closed", AFTER, "closed", False),
        ("ended", LAST, "ended", False),
        ("declined", LAST, None, False),
    ],
)
def test_the_life_of_a_project_as_everybody_is_told(
    stage: str, today: date, phase: str | None, takes: bool
) -> None:
    told = phase_of(stage, ends_on=LAST, today=today)

    assert (told, takes_people(told)) == (phase, takes)


def found(asking: Asking, least_age: int = 14) -> list[tuple[str, str]]:
    return [(gap.code, gap.path) for gap in joining_gaps(asking, least_age=least_age)]


def test_a_grown_person_who_agrees_may_join() -> None:
    assert found(Asking(18, "a@example.org", agrees=True)) == []


def test_everything_against_somebody_is_told_at_once() -> None:
    assert found(Asking(16, "a@example.org")) == [
        ("joiner.not_agreed", "agrees"),
        ("joiner.no_parent", "parent_name"),
        ("joiner.no_parent_address", "parent_email"),
    ]


def test_the_least_age_itself_is_old_enough_and_a_year_less_is_not() -> None:
    young = Asking(14, "a@example.org", "Яровая Т. И.", "mother@example.org", agrees=True)

    assert found(young) == []
    assert found(replace(young, age=13)) == [("joiner.too_young", "age")]
    assert found(Asking(121, "a@example.org", agrees=True)) == [("joiner.too_old", "age")]


def test_on_paper_a_parent_signs_and_needs_no_mailbox() -> None:
    assert found(Asking(16, "", is_on_paper=True)) == [
        ("joiner.no_paper", "agrees"),
        ("joiner.no_parent", "parent_name"),
    ]
    assert found(Asking(16, "", "Яровая Т. И.", agrees=True, is_on_paper=True)) == []


def test_a_parent_has_a_mailbox_of_their_own() -> None:
    asking = Asking(16, "a@example.org", "Мама", "A@example.org", agrees=True)

    assert found(asking) == [("joiner.parent_same", "parent_email")]


def test_of_who_was_erased_nobody_asks_for_a_parent() -> None:
    assert (needs_parent(None), needs_parent(17), needs_parent(18)) == (False, True, False)


def test_names_are_kept_a_year_from_the_later_of_the_two_ends() -> None:
    assert kept_until(LAST, None) == date(2027, 10, 30)
    assert kept_until(LAST, date(2026, 12, 1)) == date(2027, 12, 1)
