import time
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from sinergia.engine.assigning import (
    Impossible,
    Shortage,
    Task,
    assign,
    examine,
    task_of,
)
from sinergia.engine.assigning.filling import fill
from sinergia.engine.assigning.prices import left_out, prices_of
from tests.slowness import slowness


def task(
    affinity: list[list[int]],
    *,
    reviews: int = 1,
    loads: tuple[int, int] = (0, 9),
    conflicts: tuple[tuple[int, int], ...] = (),
) -> Task:
    table = np.array(affinity, dtype=np.int64)
    conflict = np.zeros(table.shape, dtype=bool)
    for pair in conflicts:
        conflict[pair] = True
    return task_of(table, conflict, reviews=reviews, min_load=loads[0], max_load=loads[1])


def best_of_all(task: Task) -> int | None:
    """By trying everything; none where nothing keeps the bounds."""
    readers = [
        [some for some in combinations(range(task.experts), needed) if row[list(some)].all()]
        for row, needed in zip(task.allowed, task.reviews.tolist(), strict=True)
    ]
    best = None
    for chosen in product(*readers):
        loads = np.bincount([one for some in chosen for one in some], minlength=task.experts)
        if ((loads < task.min_load) | (loads > task.max_load)).any():
            continue
        total = sum(int(task.affinity[at, list(some)].sum()) for at, some in enumerate(chosen))
        best = total if best is None else max(best, total)
    return best


def best_by_programme(task: Task) -> int | None:
    """By a linear programme, whose vertices are whole here; none where it cannot be done."""
    rows, columns = task.affinity.shape
    places = np.arange(rows * columns).reshape(rows, columns)
    reads = np.zeros((rows, rows * columns))
    loads = np.zeros((columns, rows * columns))
    for row in range(rows):
        reads[row, places[row]] = 1
    for column in range(columns):
        loads[column, places[:, column]] = 1
    limits = [*task.max_load, *-task.min_load]
    solved = linprog(
        -task.affinity.ravel().astype(float),
        A_ub=np.vstack([loads, -loads]),
        b_ub=limits,
        A_eq=reads,
        b_eq=task.reviews,
        bounds=[(0, int(can)) for can in task.allowed.ravel()],
    )
    return round(-solved.fun) if solved.success else None


@st.composite
def tasks(draw: st.DrawFn, *, most: int = 4) -> Task:
    rows, columns = draw(st.integers(1, most)), draw(st.integers(1, most))
    cells = st.lists(st.integers(-9, 9), min_size=columns, max_size=columns)
    bans = st.lists(st.sampled_from([False, False, True]), min_size=columns, max_size=columns)
    affinity = draw(st.lists(cells, min_size=rows, max_size=rows))
    conflict = draw(st.lists(bans, min_size=rows, max_size=rows))
    most_load = draw(st.integers(1, rows + 1))
    table, bans_made = np.array(affinity, dtype=np.int64), np.array(conflict, dtype=bool)
    if draw(st.booleans()):  # one number for all
        reviews, least = draw(st.integers(1, columns + 2)), draw(st.integers(0, most_load))
        return task_of(table, bans_made, reviews=reviews, min_load=least, max_load=most_load)
    needs = draw(st.lists(st.integers(0, columns + 2), min_size=rows, max_size=rows))
    bounds = st.lists(st.integers(0, most_load), min_size=2, max_size=2).map(sorted)
    loads = np.array(draw(st.lists(bounds, min_size=columns, max_size=columns)))
    return task_of(
        table, bans_made, reviews=np.array(needs), min_load=loads[:, 0], max_load=loads[:, 1]
    )


def is_true(shortage: Shortage, task: Task) -> bool:
    """Whether an explanation holds, counted from its own words."""
    among = np.zeros(task.experts, dtype=bool)
    among[shortage.experts] = True
    if shortage.code == "reviews":
        needs = np.maximum(task.reviews - (task.allowed & ~among).sum(axis=1), 0)
        named, available = np.flatnonzero(needs).tolist(), int(task.max_load[among].sum())
        told = (int(needs.sum()), available)
        return (
            named == shortage.applications
            and told == (shortage.needed, shortage.available)
            and told[0] > told[1]
        )
    given = np.minimum((task.allowed & among).sum(axis=1), task.reviews)
    told = (int(task.min_load[among].sum()), int(given.sum()))
    return told == (shortage.needed, shortage.available) and told[0] > told[1]


def lacking(task: Task) -> tuple[str, int]:
    """What is short in the tightest of all groups of experts: readings, else least loads."""
    groups = [np.array(one, dtype=bool) for one in product([False, True], repeat=task.experts)]
    able = [(task.allowed & among).sum(axis=1) for among in groups]
    reviews = max(
        task.pairs - int(task.max_load[~among].sum() + np.minimum(task.reviews, some).sum())
        for among, some in zip(groups, able, strict=True)
    )
    loads = max(
        int(task.min_load[among].sum() - np.minimum(task.reviews, some).sum())
        for among, some in zip(groups, able, strict=True)
    )
    return ("reviews", reviews) if reviews else ("loads", loads)


def outcome(task: Task) -> int | None:
    """What we make of a task; its proof or its explanation is checked on the way."""
    shortage: Shortage | None = None
    try:
        found = assign(task)
    except Impossible as impossible:
        shortage = impossible.shortage
    if shortage is not None:
        assert is_true(shortage, task)
        if task.experts < 6:
            assert (shortage.code, shortage.unfilled) == lacking(task)
        return None
    told = examine(task, found.chosen, found.prices)
    assert told.is_within
    assert told.is_optimal
    return int(told.objective)


def test_each_is_read_by_the_best_for_it_where_nothing_hinders() -> None:
    given = task([[5, 1, 3], [2, 8, 4]], reviews=2)

    found = assign(given)

    assert found.chosen.tolist() == [[True, False, True], [False, True, True]]
    assert examine(given, found.chosen, found.prices).objective == 20


def test_a_least_load_is_bought_as_cheaply_as_can_be() -> None:
    given = task([[9, 8], [9, 1], [9, 7]], loads=(1, 3))

    found = assign(given)

    assert found.chosen.tolist() == [[False, True], [True, False], [True, False]]


def test_a_conflict_is_kept_whatever_it_costs() -> None:
    given = task([[100, 1], [2, 2]], conflicts=((0, 0),))

    assert not assign(given).chosen[0, 0]


@settings(max_examples=300, deadline=None)
@given(tasks())
def test_nothing_better_is_found_by_trying_everything(given: Task) -> None:
    assert outcome(given) == best_of_all(given)


@settings(max_examples=100, deadline=None)
@given(tasks(most=9))
def test_a_linear_programme_comes_to_the_same(given: Task) -> None:
    assert outcome(given) == best_by_programme(given)


@pytest.mark.parametrize("seed", range(4))
def test_more_experts_than_are_looked_at_first_change_nothing(seed: int) -> None:
    rnd = np.random.default_rng(seed)
    stars = rnd.integers(0, 50, 90)  # some experts are the best for everybody
    table = stars + rnd.integers(0, 9, (60, 90))
    given = task_of(table, rnd.random((60, 90)) < 0.1, reviews=3, min_load=1, max_load=3)

    assert outcome(given) == best_by_programme(given)


@settings(max_examples=300, deadline=None)
@given(tasks())
def test_some_way_within_the_bounds_is_found_wherever_there_is_one(given: Task) -> None:
    try:
        chosen = fill(given)
    except Impossible:
        assert best_of_all(given) is None
    else:
        assert examine(given, chosen, [0] * given.experts).is_within


def test_readings_are_moved_to_one_expert_until_they_are_full() -> None:
    bans = ((0, 1), (1, 0), *((one, 2) for one in range(2, 6)))
    given = task([[0] * 3] * 6, loads=(0, 2), conflicts=bans)

    readers = fill(given).argmax(axis=1).tolist()

    assert (readers[:2], sorted(readers[2:])) == ([2, 2], [0, 0, 1, 1])


def test_pairs_left_out_are_those_that_an_application_would_rather_have() -> None:
    given = task([[1, 9], [5, 5], [9, 1]])
    chosen = np.array([[True, False]] * 3)

    better = left_out(given, chosen, chosen, np.zeros(2, dtype=np.int64))

    assert better.tolist() == [[False, True], [False, False], [False, False]]


def test_whoever_lacks_experts_is_named_with_the_numbers() -> None:
    given = task([[1, 1, 1], [1, 1, 1]], reviews=2, conflicts=((1, 0), (1, 2)))

    with pytest.raises(Impossible) as told:
        assign(given)

    assert told.value.shortage == Shortage("reviews", 1, [1], [], needed=1, available=0)


def test_applications_that_lean_on_the_same_few_are_named() -> None:
    bans = tuple((one, expert) for one in range(3) for expert in (2, 3))
    given = task([[1] * 4] * 4, reviews=2, loads=(0, 2), conflicts=bans)

    with pytest.raises(Impossible) as told:
        assign(given)

    assert told.value.shortage == Shortage("reviews", 2, [0, 1, 2], [0, 1], needed=6, available=4)


def test_asking_for_more_experts_than_there_are_leaves_more_unfilled() -> None:
    unfilled = []
    for reviews in (2, 3, 10**6):
        with pytest.raises(Impossible) as told:
            assign(task([[1, 1]] * 5, reviews=reviews, loads=(0, 1)))
        unfilled.append(told.value.shortage.unfilled)

    assert unfilled == [8, 13, 5 * 10**6 - 2]


def test_a_least_load_beyond_the_applications_is_told_as_it_is_asked() -> None:
    with pytest.raises(Impossible) as told:
        assign(task([[1, 1]] * 3, loads=(10, 10)))

    assert told.value.shortage == Shortage("loads", 17, [0, 1, 2], [0, 1], needed=20, available=3)


@pytest.mark.parametrize(
    ("loads", "code", "short"),
    [((0, 59), "reviews", 120), ((0, 40), "reviews", 2400), ((61, 99), "loads", 120)],
)
def test_what_cannot_be_is_told_soon_at_any_size(
    loads: tuple[int, int], code: str, short: int
) -> None:
    begun = time.process_time()

    with pytest.raises(Impossible) as told:
        assign(task([[1] * 120] * 2400, reviews=3, loads=loads))

    assert (told.value.shortage.code, told.value.shortage.unfilled) == (code, short)
    assert time.process_time() - begun < 3 * slowness()


def test_experts_who_cannot_come_to_their_least_load_are_named() -> None:
    given = task([[1, 1], [1, 1]], loads=(1, 2), conflicts=((0, 1), (1, 1)))

    with pytest.raises(Impossible) as told:
        assign(given)

    assert told.value.shortage == Shortage("loads", 1, [], [1], needed=1, available=0)


def test_a_better_assignment_unmasks_prices_that_prove_nothing() -> None:
    given = task([[5, 1], [1, 5]], loads=(1, 1))
    found = assign(given)

    worse = examine(given, ~found.chosen, found.prices)

    assert (worse.is_within, worse.is_optimal) == (True, False)
    assert worse.objective < worse.bound
    with pytest.raises(ArithmeticError):
        prices_of(given, ~found.chosen, given.allowed)


@settings(max_examples=100, deadline=None)
@given(tasks(), st.data())
def test_no_prices_whatever_make_a_bound_that_is_too_low(given: Task, data: st.DataObject) -> None:
    best = best_of_all(given)
    prices = data.draw(
        st.lists(st.integers(-20, 20), min_size=given.experts, max_size=given.experts)
    )
    nobody = np.zeros_like(given.allowed)

    bound = examine(given, nobody, prices).bound

    assert best is None or bound >= best


def test_what_breaks_the_rules_is_named() -> None:
    given = task([[1, 1, 1], [1, 1, 1]], reviews=2, loads=(1, 1), conflicts=((0, 0),))
    chosen = np.array([[True, True, False], [False, True, False]])

    told = examine(given, chosen, [0, 0, 0])

    assert told.wrong_reviews == [1]
    assert told.wrong_loads == [1, 2]
    assert told.conflicts == [(0, 0)]
    assert told.is_optimal is False


@pytest.mark.parametrize("shape", [(0, 2), (2, 0)])
def test_a_task_without_applications_or_without_experts_is_refused(shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="nobody"):
        task_of(np.zeros(shape, dtype=np.int64), None, reviews=1, max_load=1)


@pytest.mark.parametrize(
    ("reviews", "least", "most"), [(0, 0, 1), (1, -1, 1), (1, 2, 1), (1, 0, 0)]
)
def test_bounds_that_make_no_sense_are_refused(reviews: int, least: int, most: int) -> None:
    with pytest.raises(ValueError):
        task([[1]], reviews=reviews, loads=(least, most))


def test_more_readers_than_there_are_is_told_soon() -> None:
    begun = time.process_time()

    with pytest.raises(Impossible) as told:
        assign(task([[1] * 50] * 2000, reviews=60, loads=(0, 20)))

    assert told.value.shortage.unfilled == 2000 * 60 - 50 * 20
    assert time.process_time() - begun < 3 * slowness()
