"""Commands of the engine, run on small tables."""

import json
from typing import Any

import pytest

from sinergia.command import answer

AFFINITIES = """application,expert,affinity
A1,E1,3
A1,E2,2
A2,E1,3
A2,E2,0.5
A2,E3,1
"""


class Ran:
    """A command that ran: its code, its JSON, what it said of mistakes."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *words: str) -> None:
        self.code = answer(["engine", *words])
        said = capsys.readouterr()
        self.told: dict[str, Any] = json.loads(said.out) if said.out else {}
        self.fault = said.err


def assign(capsys: pytest.CaptureFixture[str], *words: str, reviews: int = 1) -> Ran:
    asked = ["--reviews", str(reviews), "--out", "OUT.csv", "--prices", "P.csv", *words]
    return Ran(capsys, "assign", *asked)


def check(capsys: pytest.CaptureFixture[str], *words: str, reviews: int = 1) -> Ran:
    asked = ["--reviews", str(reviews), "--assignment", "OUT.csv", "--prices", "P.csv", *words]
    return Ran(capsys, "check-assignment", *asked)
