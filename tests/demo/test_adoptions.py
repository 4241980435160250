"""Practices of the demo that others took home: in every state, by people who are there."""

from sinergia.practices.models import Adoption, Letter
from sinergia.web.demo import stock

TOLD = stock.adoptions()
PUBLISHED = {one["texts"]["title"]: one for one in stock.practices() if one["state"] == "published"}


def test_practices_that_are_published_are_taken_home_in_every_state_and_way() -> None:
    assert {one["practice"] for one in TOLD} <= PUBLISHED.keys()
    assert {one["state"] for one in TOLD} == {*Adoption.State.values, "said"}
    assert {one["way"] for one in TOLD} == set(Adoption.Way.values)


def test_nobody_takes_home_their_own_or_confirms_their_own_word() -> None:
    for one in TOLD:
        assert one["by"] != PUBLISHED[one["practice"]]["email"]
        assert one.get("confirmed_by", "") != one["by"]
        assert ("proof" in one) == (one["state"] in ("said", "proven"))


def test_authors_alone_offer_help_and_changes_have_their_words() -> None:
    offers, parts = set(Letter.Offer.values), set(Adoption.Part.values)
    for one in TOLD:
        assert one["changes"].keys() <= parts
        for letter in one["letters"]:
            is_author = letter["by"] == PUBLISHED[one["practice"]]["email"]
            assert is_author == ("offer" in letter)
            assert letter.get("offer", "mentor") in offers


def test_what_grew_is_a_practice_of_whoever_took_the_other_home() -> None:
    grown = [(one["by"], PUBLISHED[one["grew"]]["email"]) for one in TOLD if "grew" in one]

    assert [by == author for by, author in grown] == [True]
