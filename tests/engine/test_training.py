"""The life of a training: what hinders each step, and by when one enrols."""

from datetime import UTC, datetime, timedelta

import pytest

from sinergia.engine.training import Facts, Step, is_taking, step_gaps, steps_from

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("step", "stage", "now", "codes"),
    [
        ("open", "draft", NOON - SECOND, []),
        ("open", "draft", NOON, ["training.over"]),
        ("close", "open", NOON, []),
        ("reopen", "closed", NOON - SECOND, []),
        ("reopen", "closed", NOON, ["training.over"]),
        ("hold", "closed", NOON - SECOND, ["training.not_begun"]),
        ("hold", "closed", NOON, []),
        ("hold", "draft", NOON, ["training.other_stage"]),
    ],
)
def test_what_hinders_a_step(step: Step, stage: str, now: datetime, codes: list[str]) -> None:
    assert [one.code for one in step_gaps(step, Facts(stage, NOON), now=now)] == codes


def test_what_was_held_is_taken_back_only_before_certificates() -> None:
    told = [step_gaps("take_back", Facts("held", NOON, given), now=NOON) for given in (0, 1)]

    assert [[one.code for one in some] for some in told] == [[], ["training.has_certificates"]]


def test_one_enrols_until_the_beginning_of_an_open_one() -> None:
    assert is_taking("open", NOON, now=NOON - SECOND)
    assert not is_taking("open", NOON, now=NOON)
    assert not is_taking("closed", NOON, now=NOON - SECOND)
    assert steps_from("open") == ["close", "hold"]
