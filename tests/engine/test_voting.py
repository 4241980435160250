"""Votes counted: quorum, majority, recusals, equals."""

from hypothesis import given
from hypothesis import strategies as st

from sinergia.engine.voting import Choice, Count, Table, count, is_quorate

NINE = frozenset(range(1, 10))
CHOICES: list[Choice] = ["for", "against", "abstain"]
members = st.frozensets(st.integers(1, 12))
votes = st.dictionaries(st.integers(1, 12), st.sampled_from(CHOICES))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    return Table(
        quorum=draw(st.integers(1, 12)),
        entitled=draw(members),
        present=draw(members),
        recused=draw(members),
        presiding=draw(st.lists(st.integers(1, 12), max_size=3)),
    )


def test_seven_of_nine_with_one_recused_decide_by_six_votes() -> None:
    table = Table(quorum=6, entitled=NINE, present=frozenset(range(1, 8)), recused={7})

    told = count(table, dict.fromkeys(range(1, 8), "for"))

    assert (table.needed, len(table.taking_part), table.has_quorum) == (5, 6, True)
    assert told == Count(in_favour=6, against=0, abstained=0, is_adopted=True)


def test_a_half_is_no_majority_and_an_abstention_counts_among_the_votes() -> None:
    table = Table(quorum=2, entitled=NINE, present=NINE)

    assert not count(table, {1: "for", 2: "against"}).is_adopted
    assert not count(table, {1: "for", 2: "abstain"}).is_adopted
    assert count(table, {1: "for", 2: "for", 3: "against"}).is_adopted


def test_between_equals_whoever_presides_decides_where_the_order_says_so() -> None:
    equal: dict[object, Choice] = {1: "for", 2: "against"}
    by_chair = Table(quorum=2, entitled=NINE, present={1, 2}, presiding=[1])
    against = Table(quorum=2, entitled=NINE, present={1, 2}, presiding=[2])
    by_deputy = Table(quorum=2, entitled=NINE, present={1, 2}, presiding=[9, 1])

    assert [count(one, equal).is_adopted for one in (by_chair, against, by_deputy)] == [
        True,
        False,
        True,
    ]
    assert count(by_chair, equal).by_chair


def test_without_anybody_there_is_no_quorum_whatever_the_order_says() -> None:
    assert not is_quorate(0, NINE, ())
    assert not Table(quorum=2, entitled=NINE, present={1, 2}, recused={1, 2}).has_quorum
    assert not count(Table(quorum=1, entitled=NINE, present=NINE), {}).is_adopted


@given(table=tables(), given_votes=votes)
def test_votes_of_who_does_not_take_part_change_nothing(
    table: Table, given_votes: dict[object, Choice]
) -> None:
    theirs = {one: vote for one, vote in given_votes.items() if one in table.taking_part}

    assert count(table, given_votes) == count(table, theirs)


@given(table=tables(), given_votes=votes)
def test_the_order_of_votes_does_not_matter(
    table: Table, given_votes: dict[object, Choice]
) -> None:
    turned = dict(reversed(given_votes.items()))

    assert count(table, given_votes) == count(table, turned)


@given(table=tables(), given_votes=votes)
def test_what_is_adopted_never_has_fewer_votes_than_a_half(
    table: Table, given_votes: dict[object, Choice]
) -> None:
    told = count(table, given_votes)

    assert not told.is_adopted or 2 * told.in_favour >= told.cast > 0
    assert not (told.is_adopted and not told.by_chair) or 2 * told.in_favour > told.cast


@given(table=tables(), given_votes=votes)
def test_a_further_vote_for_never_undoes_what_was_adopted(
    table: Table, given_votes: dict[object, Choice]
) -> None:
    silent = table.taking_part - given_votes.keys()
    plain = Table(table.quorum, table.entitled, table.present, table.recused)

    if silent and count(plain, given_votes).is_adopted:
        assert count(plain, given_votes | {min(silent, key=str): "for"}).is_adopted


@given(table=tables(), away=st.integers(1, 12))
def test_recusing_somebody_who_is_there_takes_no_quorum_away_but_the_last(
    table: Table, away: int
) -> None:
    after = Table(table.quorum, table.entitled, table.present, table.recused | {away})

    assert away not in after.taking_part
    if table.has_quorum and after.taking_part:
        assert after.has_quorum


@given(present=members, quorum=st.integers(1, 12))
def test_who_may_not_vote_makes_no_quorum(present: frozenset[int], quorum: int) -> None:
    entitled = frozenset(range(1, 5))

    assert is_quorate(quorum, entitled, present) == (len(entitled & present) >= quorum)
