import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sinergia.engine.affinity import Affinities, Knowledge, Parts, Subject

WORDS = st.frozensets(st.sampled_from(["река", "берег", "дети", "сад", "больница", "музей"]))
CODES = st.sampled_from(["health", "nature", "youth"])
SUBJECTS = st.lists(st.builds(Subject, CODES, WORDS, WORDS), max_size=6)
EXPERTS = st.lists(st.builds(Knowledge, st.frozensets(CODES), WORDS), max_size=4)


def subject(direction: str = "nature", topic: str = "", text: str = "") -> Subject:
    return Subject(direction, frozenset(topic.split()), frozenset(text.split()))


def knowledge(directions: str = "", words: str = "") -> Knowledge:
    return Knowledge(frozenset(directions.split()), frozenset(words.split()))


def test_each_part_is_told_with_the_words_that_are_shared() -> None:
    river = subject(topic="чистый вода", text="река берег дети")
    others = [subject(text="дети сад"), subject(text="дети музей")]
    told = Affinities([river, *others], [knowledge("nature", "река берег дети вода")])

    # Three applications: «дети», which all have, weighs 1; a word of one alone weighs 3; 9 is all.
    assert told.parts(0, 0) == Parts(40, 10, 31, 20, 40, ("берег", "река", "дети"))
    assert told.table().tolist() == [[81], [46], [46]]


def test_without_a_topic_the_text_has_its_part() -> None:
    told = Affinities([subject(text="река берег сад")], [knowledge("", "река берег сад")])

    assert told.parts(0, 0) == Parts(0, 0, 60, 0, 60, ("берег", "река", "сад"))


def test_who_says_nothing_of_it_has_nothing() -> None:
    told = Affinities([subject("youth", "река", "река")], [knowledge("nature"), knowledge()])

    assert told.table().tolist() == [[0, 0]]


@given(SUBJECTS, EXPERTS)
def test_the_table_holds_what_is_told_of_each_pair(
    subjects: list[Subject], experts: list[Knowledge]
) -> None:
    told = Affinities(subjects, experts)
    pairs = [[told.parts(a, e).total for e in range(len(experts))] for a in range(len(subjects))]

    table = told.table()
    assert table.shape == (len(subjects), len(experts))
    assert np.array_equal(table, np.array(pairs, dtype=np.int64).reshape(table.shape))
    assert ((table >= 0) & (table <= 100)).all()


@given(SUBJECTS, EXPERTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    subjects: list[Subject], experts: list[Knowledge], chance: st.DataObject
) -> None:
    order = list(range(len(subjects)))
    chance.shuffle(order)  # type: ignore[attr-defined]  # a Random
    mixed = Affinities([subjects[at] for at in order], experts).table()

    assert np.array_equal(mixed, Affinities(subjects, experts).table()[order])


@given(SUBJECTS, WORDS, WORDS)
def test_who_says_more_is_never_further_away(
    subjects: list[Subject], words: frozenset[str], more: frozenset[str]
) -> None:
    few, many = Knowledge(frozenset(), words), Knowledge(frozenset(), words | more)
    told = Affinities(subjects, [few, many]).table()

    assert (told[:, 0] <= told[:, 1]).all()
