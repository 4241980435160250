"""Prices by which the pairs are found that are looked at first."""

import numpy as np
import numpy.typing as npt
import pytest

from sinergia.engine.assigning import Task, assign, examine, solving, task_of
from sinergia.engine.assigning.likely import likely_prices

ROWS, COLUMNS = 400, 80


def levels(least: int = 10, most: int = 18) -> Task:
    """Everybody's best experts are the same ones: 15 readings of each are wanted on average."""
    rnd = np.random.default_rng(7)
    own = 200 * rnd.standard_normal(COLUMNS)
    table = np.rint(own + 30 * rnd.standard_normal((ROWS, COLUMNS))).astype(np.int64)
    conflict = rnd.random(table.shape) < 0.01
    return task_of(table, conflict, reviews=3, min_load=least, max_load=most)


def is_best(task: Task) -> bool:
    found = assign(task)
    return examine(task, found.chosen, found.prices).is_optimal


@pytest.fixture
def solves(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pairs the flow was solved over, each time."""
    told: list[int] = []
    solved = solving._solved

    def counted(task: Task, kept: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_] | None:
        told.append(int(kept.sum()))
        return solved(task, kept)

    monkeypatch.setattr(solving, "_solved", counted)
    return told


def test_the_pairs_looked_at_first_hold_the_best(solves: list[int]) -> None:
    assert is_best(levels())
    assert len(solves) == 1
    assert solves[0] < ROWS * COLUMNS // 2


def test_wrong_prices_cost_time_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, solves: list[int]
) -> None:
    wrong = 1e6 * np.random.default_rng(1).standard_normal(COLUMNS)
    monkeypatch.setattr(solving, "likely_prices", lambda _task: wrong)
    assert is_best(levels())
    assert len(solves) > 1


def test_whoever_is_wanted_by_too_many_is_dear_and_by_too_few_is_cheap() -> None:
    task = levels()
    prices = likely_prices(task)
    wanted = np.argsort(-task.affinity.mean(axis=0))
    assert prices[wanted[0]] > prices[wanted[COLUMNS // 2]] > prices[wanted[-1]]
    alike = task_of(np.zeros((ROWS, COLUMNS), dtype=np.int64), None, reviews=3, max_load=18)
    assert not likely_prices(alike).any()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("size", [0, 1, 2**45])
def test_whatever_the_table_the_prices_are_numbers(size: int) -> None:
    table = size * np.arange(ROWS * COLUMNS, dtype=np.int64).reshape(ROWS, -1) // (ROWS * COLUMNS)
    conflict = np.zeros(table.shape, dtype=bool)
    conflict[5], conflict[:, 3] = True, True  # read by nobody; reads nothing
    needs, least = np.full(ROWS, 3), np.full(COLUMNS, 2)
    needs[5], least[3] = 0, 0
    most = np.full(COLUMNS, 40)
    most[7], least[7] = 0, 0
    task = task_of(table, conflict, reviews=needs, min_load=least, max_load=most)
    assert np.isfinite(likely_prices(task)).all()
    assert is_best(task)


@pytest.mark.filterwarnings("error")
def test_nothing_to_be_read_has_prices_too() -> None:
    table = np.ones((ROWS, COLUMNS), dtype=np.int64)
    nothing = task_of(table, None, reviews=np.zeros(ROWS, dtype=np.int64), max_load=3)
    assert np.isfinite(likely_prices(nothing)).all()
    assert is_best(nothing)
