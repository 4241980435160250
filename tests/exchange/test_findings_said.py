"""Everything that is found against a programme has a sentence of its own in both languages."""

import re

import pytest
from django.utils import translation

from sinergia.engine.visiting.task import Finding
from sinergia.exchange.words.programme import findings_said
from tests.house.source import PACKAGE

SOURCE = (PACKAGE / "engine" / "visiting" / "conflicts.py").read_text(encoding="utf-8")
CODES = sorted(set(re.findall(r'Finding\("([a-z_.]+)"', SOURCE)))
VALUES: dict[str, str | int] = {"minutes": 30, "needed": 89, "left": 15, "name": "Орлова"}
VALUES |= {"here": "09:00", "there": "10:00"}


def test_the_finder_says_ten_things() -> None:
    assert len(CODES) == 10


@pytest.mark.parametrize("code", CODES)
def test_what_is_found_is_said_whole(code: str) -> None:
    with translation.override("en"):
        (said,) = findings_said([Finding(code, ("a", "b"), VALUES)], {"a": "А", "b": "Б"})

    assert said.text.endswith(".")
    assert "None" not in said.text
