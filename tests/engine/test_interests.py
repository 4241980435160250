import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergia.engine.interests import (
    Applicant,
    Named,
    Reader,
    Readers,
    Tie,
    are_one,
    may_be_one,
    numbers_in,
    surname_of,
)

NAMES = st.sampled_from(
    ["Бартенева Наталья Львовна", "Бартенева Н. Л.", "Бартенев Н.", "Иванов Пётр", "Иванова П. О."]
)
KEYS = st.sampled_from(["", "one", "two", "three"])
NUMBERS = st.frozensets(st.sampled_from(["7701234567", "1027700132195"]), max_size=2)
READERS = st.lists(
    st.builds(
        Reader, name=NAMES, account=KEYS, town=KEYS, numbers=NUMBERS,
        organisations=st.dictionaries(KEYS, st.sampled_from(["work", "team"])),
        names=st.lists(st.sampled_from(["АНО «Старая верста»", "Фонд «Ключи»"])).map(tuple),
    ),
    max_size=5,
)  # fmt: skip
APPLICANTS = st.builds(
    Applicant, organisation=KEYS, town=KEYS, numbers=NUMBERS, writers=st.frozensets(KEYS),
    named=st.lists(
        st.builds(Named, st.sampled_from(["head", "team", "partners", "people"]), NAMES
                  | st.just("Культурный центр «Старая Верста», ИНН 7701234567"))
    ).map(tuple),
)  # fmt: skip


def ties(reader: Reader, applicant: Applicant, *, excluded: tuple[str, ...] = ()) -> list[Tie]:
    return [tie for _at, tie in Readers([reader], excluded=excluded).ties(applicant)]


def team(text: str, field: str = "team", town: str = "") -> Applicant:
    return Applicant("theirs", town=town, named=(Named(field, text),))


def test_the_same_organisation_is_told_with_how() -> None:
    reader = Reader("Бартенева Н. Л.", organisations={"theirs": "head"})

    assert ties(reader, Applicant("theirs")) == [
        Tie("organisation", stands=True, field="applicant", ours="head")
    ]
    assert ties(reader, Applicant("another")) == []


def test_a_number_is_found_with_the_applicant_and_in_the_text_of_a_partner() -> None:
    reader = Reader("Бартенева Н. Л.", numbers=frozenset({"7701234567"}))
    partner = Named("partners", "Ассоциация, ИНН 7701234567")

    assert ties(reader, Applicant("theirs", numbers=frozenset({"7701234567"}))) == [
        Tie("identifier", stands=True, field="applicant", theirs="7701234567")
    ]
    assert ties(reader, Applicant("theirs", named=(partner,))) == [
        Tie("identifier", stands=True, field="partners", theirs="7701234567")
    ]
    assert numbers_in("+7 77012345678, счёт 40703810100000000001") == frozenset()


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("team", "team"),
        ("head", "team"),
        ("partners", "partner"),
        ("people", "organisation"),
        ("founders", "organisation"),
        ("signers", "organisation"),
        ("accountant", "organisation"),
    ],
)
def test_a_full_name_stands_and_initials_only_warn(field: str, kind: str) -> None:
    reader = Reader("Бартенёва Наталья Львовна")

    assert ties(reader, team("БАРТЕНЕВА Наталья", field)) == [
        Tie(kind, True, field, "БАРТЕНЕВА Наталья", "Бартенёва Наталья Львовна")
    ]
    assert ties(reader, team("Бартенева Н. Л.", field)) == [
        Tie(kind, False, field, "Бартенева Н. Л.", "Бартенёва Наталья Львовна")
    ]
    assert ties(reader, team("Бартенева Ольга Львовна", field)) == []


def test_surname_and_town_alike_are_only_a_warning() -> None:
    reader = Reader("Бартенева Наталья Львовна", town="klenovsk")
    husband = "Бартенев Олег Ильич"

    assert ties(reader, team(husband, town="klenovsk")) == [
        Tie("namesake", False, "team", husband, "Бартенева Наталья Львовна")
    ]
    assert ties(reader, team(husband, town="melovets")) == ties(reader, team(husband)) == []


def test_a_partner_is_known_by_its_own_name() -> None:
    reader = Reader("Бартенева Н. Л.", names=("АНО «Старая верста»",))
    partner = Named("partners", "Культурно-просветительский центр «Старая Верста»")

    assert ties(reader, Applicant("theirs", named=(partner,))) == [
        Tie("partner", True, "partners", partner.text, "АНО «Старая верста»")
    ]
    assert ties(Reader("Бартенева Н. Л.", names=("Фонд",)), team("Фонд", "partners")) == []


def test_whoever_wrote_in_the_draft_is_its_mentor() -> None:
    reader = Reader("Бартенева Н. Л.", account="natalya")

    assert ties(reader, Applicant("theirs", writers=frozenset({"natalya", "yarovaya"}))) == [
        Tie("mentor", stands=True, field="draft")
    ]


def test_the_municipality_counts_only_where_the_rules_say_so() -> None:
    reader, there = Reader("Бартенева Н. Л.", town="klenovsk"), Applicant("t", town="klenovsk")

    assert ties(reader, there) == []
    assert ties(reader, there, excluded=("municipality",)) == [
        Tie("municipality", stands=True, field="applicant")
    ]


def test_names_in_either_order_are_one_person() -> None:
    assert surname_of("Наталья Львовна Бартенева") == surname_of("Бартенева Н. Л.") == "бартенев"
    assert are_one("Наталья Львовна Бартенева", "Бартенева Наталья Львовна")
    assert may_be_one("Наталья Львовна Бартенева", "Бартенева Н. Л.")
    assert not are_one("Бартенева Н. Л.", "Бартенева Н. Л.")
    assert not may_be_one("Бартенева", "Бартенева")
    assert not may_be_one("Бартенева Н. Л.", "Барсукова Н. Л.")
    assert not may_be_one("Н. Л.", "Н. Л.")
    assert surname_of("Н. Л.") == ""


@given(READERS, APPLICANTS, st.booleans())
def test_many_are_compared_as_each_would_be_alone(
    readers: list[Reader], applicant: Applicant, is_excluded: bool
) -> None:
    excluded = ("municipality",) if is_excluded else ()
    alone = [
        (at, tie)
        for at, reader in enumerate(readers)
        for tie in ties(reader, applicant, excluded=excluded)
    ]

    assert Readers(readers, excluded=excluded).ties(applicant) == alone


@given(NAMES, NAMES)
def test_comparing_names_knows_no_first_and_second(name: str, other: str) -> None:
    assert are_one(name, other) == are_one(other, name)
    assert may_be_one(name, other) == may_be_one(other, name)


@given(READERS, APPLICANTS)
def test_blanks_tie_nobody(readers: list[Reader], applicant: Applicant) -> None:
    blank = [Reader(one.name) for one in readers]
    told = Readers(blank, excluded=("municipality",)).ties(
        Applicant("", numbers=applicant.numbers, writers=frozenset({""}))
    )

    assert told == []
