"""Passages that two projects share: found whole, counted by words, the same each time."""

import random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergia.engine.overlap import RUN, overlaps, texts_to_compare
from sinergia.engine.text import words_of
from tests.slowness import slowness

WORDS = [f"слово{number}" for number in range(60)]
TEXTS = st.dictionaries(
    st.sampled_from(["problem", "summary", "tasks/aaaaaa/text", "events/bbbbbb/what"]),
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
    max_size=4,
)
SAID = "В нашем городе дети сидят дома после школы и никто с ними не занимается."
OTHER = "Летом соседи красят заборы, сажают цветы и чинят старые скамейки во дворе."


def one(own: str, other: str, *, common: str = "") -> tuple[int, int, list[str]]:
    """Words, shared words, passages of the other text."""
    told = overlaps({"problem": own}, [{"summary": other}], common=[common])[0]
    return told.words, told.shared, [passage.other_text for passage in told.passages]


def test_the_same_text_is_shared_whole_and_another_one_not_at_all() -> None:
    told = overlaps({"problem": SAID}, [{"problem": SAID}, {"problem": OTHER}])

    assert [(each.share, len(each.passages)) for each in told] == [(1.0, 1), (0.0, 0)]


def test_a_passage_goes_on_as_far_as_it_is_the_same_in_any_field_and_any_case() -> None:
    text = f"Иначе: {SAID.upper().replace('Ё', 'Е')} Совсем другое окончание текста."

    assert one(f"{OTHER} {SAID}", text) == (26, 14, [SAID.upper().rstrip(".")])


def test_six_words_in_a_row_are_chance_and_seven_are_not() -> None:
    six, seven = (" ".join(SAID.split()[:number]) for number in (6, 7))

    assert one(f"{six} кончено", f"{six} дальше иначе")[1] == 0
    assert one(f"{seven} кончено", f"{seven} дальше иначе")[1] == 7


def test_nothing_runs_from_one_field_into_the_next() -> None:
    first, second = "В нашем городе дети сидят дома ", "после школы и никто с ними не занимается."
    own = {"problem": SAID}

    halves = {"goals/aaaaaa/text": first, "goals/bbbbbb/text": second}
    told = [overlaps(own, [halves])[0], overlaps(halves, [own])[0]]

    assert [[one.text for one in each.passages] for each in told] == [
        ["после школы и никто с ними не занимается"],
        ["после школы и никто с ними не занимается"],
    ]


def test_what_the_form_and_the_rules_say_is_neither_counted_nor_shown() -> None:
    assert one(f"{OTHER} {SAID}", SAID, common=SAID) == (12, 0, [])


def test_a_passage_runs_on_through_what_the_form_says() -> None:
    words, shared, passages = one(f"{OTHER} {SAID}", f"{OTHER} {SAID}", common=SAID)

    assert (words, shared) == (12, 12)
    assert len(passages) == 1


def test_each_field_is_told_by_itself() -> None:
    told = overlaps({"problem": SAID, "summary": OTHER}, [{"problem": OTHER}])[0]

    assert told.fields == {"problem": (0, 14), "summary": (12, 12)}


def test_only_what_people_wrote_of_the_project_is_compared() -> None:
    values = {
        "problem": SAID,
        "starts_on": "2027-01-01",
        "direction": "community",
        "activities": SAID,
        "team/aaaaaa/experience": SAID,
        "events/aaaaaa/what": OTHER,
        "events/aaaaaa/people": "12",
        "files/letters/aaaaaa": "00 letter.pdf",
        "applicant/name": "Полтора шага",
        "nonsense": SAID,
    }

    assert list(texts_to_compare(values)) == ["problem", "events/aaaaaa/what"]


@given(TEXTS, TEXTS)
def test_passages_stand_in_both_and_cover_what_is_shared(
    own: dict[str, str], other: dict[str, str]
) -> None:
    told = overlaps(own, [other])[0]

    for passage in told.passages:
        assert passage.text in own[passage.path]
        assert passage.other_text in other[passage.other_path]
        assert words_of(passage.text) == words_of(passage.other_text)
        assert len(words_of(passage.text)) == passage.words >= RUN
    assert told.shared == shared_by_hand(own, other)
    assert told == overlaps(own, [other])[0]


def shared_by_hand(own: dict[str, str], other: dict[str, str]) -> int:
    """Words of `own` that stand in any run of seven which `other` has, too."""
    theirs = {run for text in other.values() for run in runs_of(text)}
    count = 0
    for text in own.values():
        marked = set()
        for at, run in enumerate(runs_of(text)):
            marked |= set(range(at, at + RUN)) if run in theirs else set()
        count += len(marked)
    return count


def runs_of(text: str) -> list[tuple[str, ...]]:
    words = words_of(text)
    return [tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]


@given(TEXTS)
def test_the_same_document_is_shared_whole(own: dict[str, str]) -> None:
    told = overlaps(own, [own])[0]

    assert told.shared == told.words


@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_others_do_not_depend_on_one_another(
    own: dict[str, str], others: list[dict[str, str]]
) -> None:
    assert overlaps(own, others) == [overlaps(own, [other])[0] for other in others]


def a_long_text(chance: random.Random, *, words: int = 4_500) -> str:
    """So many words of invented Russian, as many different ones as people use."""
    stock = [
        "".join(chance.choices("оеаинтсрвлкмдпу", k=chance.randint(1, 12))) for _ in range(3_000)
    ]
    return " ".join(chance.choices(stock, k=words))


@pytest.mark.parametrize("is_same", [False, True])
def test_sixty_kilobytes_against_twenty_others_are_read_in_time(*, is_same: bool) -> None:
    chance = random.Random(7)
    own = {"problem": a_long_text(chance)}
    others = [own if is_same else {"problem": a_long_text(chance)} for _ in range(20)]
    assert 50_000 < len(own["problem"].encode()) < 70_000

    took = []
    for _ in range(3):
        began = process_time()
        overlaps(own, others)
        took.append(process_time() - began)

    assert min(took) < 0.3 * slowness()


@pytest.mark.parametrize("text", ["а " * 5_000, "а б " * 2_500, f"{SAID} " * 400])
def test_a_text_that_repeats_itself_is_read_in_time(text: str) -> None:
    began = process_time()
    told = overlaps({"problem": text}, [{"problem": text}, {"problem": f"{SAID} {text[:500]}"}])

    assert told[0].share == 1.0
    assert process_time() - began < slowness()
