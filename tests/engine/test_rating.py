from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergia.engine.rating import (
    Candidate,
    Mark,
    Rated,
    Read,
    Selection,
    further_needed,
    half_up,
    rank,
    rate,
    rating_of,
    select,
    spread,
)

WEIGHTS = {"relevance": Decimal("2.5"), "team": Decimal("0.5"), "scale": Decimal(0)}


def sheet(**scores: int) -> Mapping[str, Decimal]:
    return {name: Decimal(score) for name, score in scores.items()}


def a_candidate(key: str, rating: str | None, asked: int = 100, **more: object) -> Candidate:
    told = Decimal(rating) if rating is not None else None
    values: dict[str, object] = {"category": "s", "organisation": key} | more
    return Candidate(key=key, rating=told, asked_minor=asked, **values)  # type: ignore[arg-type]  # a test's own words


def outcomes(candidates: Sequence[Candidate], selection: Selection) -> list[tuple[str, str, int]]:
    return [(one.key, one.outcome, one.awarded_minor) for one in select(candidates, selection)]


def test_a_rating_is_the_sum_of_means_times_weights() -> None:
    sheets = [sheet(relevance=7, team=9), sheet(relevance=8, team=10)]

    assert rating_of(sheets, WEIGHTS) == Decimal("23.50")  # 7.5 × 2.5 + 9.5 × 0.5


def test_each_product_is_rounded_half_up_before_they_are_added() -> None:
    thirds = [sheet(relevance=1, team=1), sheet(relevance=0, team=0), sheet(relevance=0, team=0)]

    # 0.8333… and 0.1666…, which together would be 1.00 either way; then 0.005 each, up.
    assert rating_of(thirds, WEIGHTS) == Decimal("1.00")
    assert rating_of([sheet(relevance=1)], {"relevance": Decimal("0.005")}) == Decimal("0.01")
    halves = {"relevance": Decimal("0.005"), "team": Decimal("0.005")}
    assert rating_of([sheet(relevance=1, team=1)], halves) == Decimal("0.02")


def test_what_weighs_nothing_changes_nothing() -> None:
    plain, with_more = [sheet(relevance=4)], [sheet(relevance=4, scale=10, unknown=10)]

    assert rating_of(plain, WEIGHTS) == rating_of(with_more, WEIGHTS) == Decimal("10.00")
    assert rating_of([sheet(scale=10)], WEIGHTS) is None


def test_a_median_lets_one_voice_out() -> None:
    sheets = [sheet(relevance=2), sheet(relevance=8), sheet(relevance=9)]

    assert rating_of(sheets, {"relevance": Decimal(1)}, average="median") == Decimal("8.00")
    assert rating_of(sheets[:2], {"relevance": Decimal(1)}, average="median") == Decimal("5.00")


@pytest.mark.parametrize(
    ("value", "told"),
    [("0.125", "0.13"), ("0.1249", "0.12"), ("-0.125", "-0.13"), ("7", "7.00"), ("0.995", "1.00")],
)
def test_the_middle_goes_up(value: str, told: str) -> None:
    assert str(half_up(Fraction(value))) == told


def test_one_score_of_each_expert_needs_no_weights() -> None:
    marks = [Mark("A", "1", "", Decimal(2)), Mark("A", "2", "", Decimal(3))]

    assert rate([*marks, Mark("B", "1", "", Decimal(5))]) == {
        "A": Rated(2, Decimal("2.50")),
        "B": Rated(1, Decimal("5.00")),
    }
    with pytest.raises(ValueError, match="twice"):
        rate([*marks, marks[0]])


def test_equals_share_the_smallest_place() -> None:
    ratings = {"A": Decimal(5), "C": Decimal(7), "B": Decimal(7), "D": Decimal("7.5")}

    best, least = rank(ratings), rank(ratings, is_lower_better=True)

    assert list(best.items()) == [("D", 1), ("B", 2), ("C", 2), ("A", 4)]
    assert list(least.items()) == [("A", 1), ("B", 2), ("C", 2), ("D", 4)]
    assert rank({}) == {}


@given(st.data())
def test_a_rating_and_its_place_do_not_depend_on_the_order_of_rows(data: st.DataObject) -> None:
    scores = st.integers(0, 10).map(Decimal)
    told = data.draw(
        st.dictionaries(
            st.tuples(st.sampled_from("ABCDE"), st.sampled_from("123"), st.sampled_from("xy")),
            scores,
            min_size=1,
        )
    )
    marks = [Mark(*key, score) for key, score in told.items()]
    weights = {"x": Decimal("1.37"), "y": Decimal("0.5")}

    mixed = data.draw(st.permutations(marks))
    first, second = rate(marks, weights=weights), rate(mixed, weights=weights)

    assert first == second
    assert rank({name: one.rating for name, one in first.items()}) == rank(
        {name: one.rating for name, one in second.items()}
    )


def test_far_apart_or_near_the_line_calls_one_more() -> None:
    far, near = Decimal(30), Decimal(5)
    apart = Read([Decimal(40), Decimal(70)], Decimal(55), line=Decimal(80))
    at_the_line = Read([Decimal(60), Decimal(66)], Decimal(63), line=Decimal(68))
    clear = Read([Decimal(60), Decimal(66)], Decimal(63), line=Decimal("68.01"))

    def needed(read: Read, most: int = 1) -> str:
        return further_needed(read, divergence=far, near_line=near, most=most)

    assert [needed(one) for one in (apart, at_the_line, clear)] == ["divergence", "near_line", ""]
    assert needed(apart, most=0) == ""
    assert needed(Read(apart.ratings, apart.rating, further=1)) == ""
    assert needed(Read([Decimal(40)], Decimal(40))) == ""
    assert further_needed(apart, divergence=None, near_line=None, most=1) == ""
    assert spread([Decimal(3)]) == 0


def test_the_money_is_cut_at_the_first_whom_it_does_not_reach() -> None:
    asked = [a_candidate("A", "90", 60), a_candidate("B", "80", 50), a_candidate("C", "70", 30)]

    assert outcomes(asked, Selection(budget_minor=100)) == [
        ("A", "won", 60),
        ("B", "reserve", 0),
        ("C", "reserve", 0),  # though its 30 would fit: nobody is passed over
    ]
    assert [one.reserve for one in select(asked, Selection(budget_minor=100))] == [0, 1, 2]


def test_each_category_has_its_line_and_who_has_no_rating_wins_nothing() -> None:
    asked = [
        a_candidate("A", "66", category="l"),
        a_candidate("B", "62.50"),
        a_candidate("C", "62.49"),
        a_candidate("D", None),
    ]
    selection = Selection(None, line=Decimal("62.5"), lines={"l": Decimal(70)})

    told = {one.key: (one.outcome, one.why) for one in select(asked, selection)}

    assert told == {
        "A": ("lost", "line"),
        "B": ("won", ""),
        "C": ("lost", "line"),
        "D": ("lost", "unrated"),
    }


def test_an_organisation_wins_once_by_its_choice_or_else_by_rating() -> None:
    asked = [
        a_candidate("A", "90", organisation="x"),
        a_candidate("B", "80", organisation="x"),
        a_candidate("C", "70", organisation="y"),
    ]
    once = Selection(None, wins=1)
    chosen = [asked[0], a_candidate("B", "80", organisation="x", is_chosen=True), asked[2]]

    assert [row[:2] for row in outcomes(asked, once)] == [("A", "won"), ("B", "lost"), ("C", "won")]
    assert [row[:2] for row in outcomes(chosen, once)] == [
        ("A", "lost"),
        ("B", "won"),
        ("C", "won"),
    ]


def test_a_choice_below_the_line_takes_nothing_from_the_other() -> None:
    asked = [
        a_candidate("A", "90", organisation="x"),
        a_candidate("B", "40", organisation="x", is_chosen=True),
    ]

    told = outcomes(asked, Selection(None, line=Decimal(50), wins=1))

    assert [row[:2] for row in told] == [("A", "won"), ("B", "lost")]


def test_a_move_across_the_line_is_served_first_and_never_beyond_the_money() -> None:
    asked = [a_candidate("A", "90", 60), a_candidate("B", "30", 50, moved="won")]
    line = Decimal(50)

    assert outcomes(asked, Selection(100, line=line)) == [("A", "reserve", 0), ("B", "won", 50)]
    assert outcomes(asked, Selection(110, line=line)) == [("A", "won", 60), ("B", "won", 50)]
    with pytest.raises(ValueError, match="budget"):
        select(asked, Selection(49, line=line))


def test_a_smaller_sum_is_offered_and_never_a_larger_one() -> None:
    asked = [a_candidate("A", "90", 60, offered_minor=45), a_candidate("B", "80", 50)]
    more = [a_candidate("A", "90", 60, offered_minor=80)]

    assert outcomes(asked, Selection(95)) == [("A", "won", 45), ("B", "won", 50)]
    assert outcomes(more, Selection(95)) == [("A", "won", 60)]


def test_equals_are_parted_by_what_the_rules_say() -> None:
    first = a_candidate("B", "70", 90, submitted=1)
    second = a_candidate("A", "70", 80, submitted=2)

    def ranked(selection: Selection) -> list[str]:
        return [one.key for one in select([second, first], selection)]

    assert ranked(Selection(None)) == ["B", "A"]
    assert ranked(Selection(None, ties=("asked_less",))) == ["A", "B"]
    assert ranked(Selection(None, ties=("lot",), seed="1")) == ranked(
        Selection(None, ties=("lot",), seed="1")
    )
    lots = {tuple(ranked(Selection(None, ties=("lot",), seed=str(n)))) for n in range(20)}
    assert lots == {("A", "B"), ("B", "A")}
    assert [one.place for one in select([second, first], Selection(None))] == [1, 1]


def test_where_what_the_rules_name_leaves_equals_the_one_submitted_earlier_goes_first() -> None:
    older = Candidate("A-101", "s", "one", Decimal(70), 10, submitted=101)
    newer = Candidate("A-1000", "s", "two", Decimal(70), 10, submitted=1000)

    placed = select([newer, older], Selection(10, ties=("asked_less",)))

    assert [(one.key, one.outcome) for one in placed] == [("A-101", "won"), ("A-1000", "reserve")]


asked_for = st.builds(
    Candidate,
    key=st.uuids().map(str),
    category=st.sampled_from("sml"),
    organisation=st.sampled_from("uvwxyz"),
    rating=st.none() | st.integers(0, 100).map(Decimal),
    asked_minor=st.integers(0, 1_000),
    submitted=st.integers(0, 20),
    offered_minor=st.none() | st.integers(0, 2_000),
    moved=st.sampled_from(["", "", "", "reserve", "lost"]),
    is_chosen=st.booleans(),
)


@given(
    st.lists(asked_for, max_size=25, unique_by=lambda one: one.key),
    st.integers(0, 5_000),
    st.none() | st.integers(1, 2),
)
def test_money_never_exceeds_the_budget_and_nobody_is_passed_over(
    asked: list[Candidate], budget: int, wins: int | None
) -> None:
    line = Decimal(40)

    placed = select(asked, Selection(budget, line=line, wins=wins))

    told = {one.key: one for one in asked}
    won = [one for one in placed if one.outcome == "won"]
    assert sum(one.awarded_minor for one in won) <= budget
    assert placed == select(list(reversed(asked)), Selection(budget, line=line, wins=wins))
    assert all(told[one.key].rating is not None for one in won)
    assert all(one.awarded_minor <= told[one.key].asked_minor for one in placed)
    first_short = next((one.at for one in placed if one.why == "budget"), len(placed) + 1)
    assert all(one.at < first_short for one in won)
    by_organisation = [told[one.key].organisation for one in won]
    assert wins is None or all(by_organisation.count(name) <= wins for name in by_organisation)
