"""A year of help in the demo: the same from the same seed, of both centres."""

from sinergia.packs.support.reading import shipped_topics
from sinergia.web.demo import stock
from sinergia.web.demo.helping import COUNTS, year_of_help


def test_a_year_is_the_same_from_the_same_seed_and_some_hundred_and_fifty_in_all() -> None:
    words = stock.helping()
    told = {code: list(year_of_help(code, words, seed=1)) for code in COUNTS}

    assert told == {code: list(year_of_help(code, words, seed=1)) for code in COUNTS}
    assert sum(map(len, told.values())) == 153
    assert all(rows[-1].days == rows[-1].next_in for rows in told.values())  # due on the day


def test_every_topic_of_the_story_is_one_that_centres_begin_with() -> None:
    words = stock.helping()
    known = {one.ru for one in shipped_topics()}

    assert {one["name"] for one in words["topics"]} <= known
    assert {one["topic"] for one in words["told"]} <= known
