"""A practice read from its texts, and what is missing in it."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sinergia.engine.practice import PRACTICE, for_readers, missing_in, read_practice
from sinergia.engine.practice.sentences import SENTENCES
from sinergia.engine.refusal import Gap
from sinergia.packs.practices import FIELDS, ROWS
from sinergia.packs.practices.fields import ASPECTS, CARD

CARD_TEXTS = {
    "title": "Домашний маршрут",
    "essence": "Реабилитолог приезжает в сёла.",
    "theme": "any",
    "audiences/aaaaaa/who": "special-children",
    "problem": "Далеко",
    "actions": "Ездим",
    "result": "46 семей",
}
PASSPORT_TEXTS = CARD_TEXTS | {
    "steps/aaaaaa/what": "Договориться",
    "resources/aaaaaa/what": "Машина",
    "cost_start": "412 000",
    "beneficiaries": "117",
    "results/aaaaaa/what": "Дети",
    "results/aaaaaa/number": "38",
    **dict.fromkeys(ASPECTS, "2"),
    "evidence_note": "Опрос до и после",
    "maturity": "2",
    "conditions": "Договор",
    "adaptable": "Состав",
    "fixed": "Родитель занимается сам",
    "help/aaaaaa/kind": "mentor",
    "hosting": "no",
    "contacts/aaaaaa/name": "Ковалёва Е. А.",
    "contacts/aaaaaa/shown": "everybody",
    "risks/aaaaaa/what": "Дорога",
}


def missing(texts: dict[str, str], **files: int) -> tuple[list[str], list[str], list[str]]:
    found = missing_in(read_practice(texts, currency="RUB"), files=files)
    card, passport, advice = (
        [f"{gap.code} {gap.path}" for gap in gaps]
        for gaps in (found.card, found.passport, found.advice)
    )
    return card, passport, advice


def test_the_card_is_seven_fields() -> None:
    assert len(CARD) == 7
    assert missing(CARD_TEXTS)[0] == []
    assert [line.split()[1] for line in missing({})[0]] == list(CARD)


def test_a_passport_that_is_whole_lacks_nothing_and_is_advised_nothing() -> None:
    assert missing(PASSPORT_TEXTS) == ([], [], [])


def test_sums_and_numbers_are_read_as_people_write_them() -> None:
    typed = {"cost_start": "412 тыс. руб.", "beneficiaries": "1 180", "cost_month": "0"}

    told = read_practice(typed, currency="RUB")

    assert (told.start_minor, told.sums["cost_month"]) == (41_200_000, 0)
    assert told.numbers == {"beneficiaries": Decimal(1180)}


def test_what_cannot_be_read_is_named_with_what_was_typed() -> None:
    typed = {"cost_start": "много", "beneficiaries": "2,5", "resources/aaaaaa/quantity": "-1"}

    assert list(read_practice(typed, currency="RUB").faults) == [
        Gap("cell.money_number", "cost_start", {"typed": "много"}),
        Gap("cell.number", "beneficiaries", {"typed": "2,5"}),
        Gap("cell.quantity", "resources/aaaaaa/quantity", {"typed": "-1"}),
    ]


def test_it_is_as_sure_as_the_weakest_aspect() -> None:
    sure = dict.fromkeys(ASPECTS, "4")

    assert read_practice(sure, currency="RUB").evidence == 4
    assert read_practice(sure | {"measured": "1"}, currency="RUB").evidence == 1
    assert read_practice(sure | {"measured": ""}, currency="RUB").evidence == 0
    assert read_practice(sure | {"measured": "9"}, currency="RUB").evidence == 0


def test_for_whom_is_chosen_from_the_list_each_once() -> None:
    rows = {
        "audiences/aaaaaa/who": "youth",
        "audiences/bbbbbb/who": "youth",
        "audiences/cccccc/who": "Дети с ОВЗ 3–12 лет",
    }

    assert read_practice(rows, currency="RUB").audiences == ["youth"]
    assert "audience.unknown audiences/cccccc/who" in missing(CARD_TEXTS | rows)[0]


def test_a_card_holds_five_audiences_and_a_sentence_of_300_signs() -> None:
    codes = ("children", "youth", "families", "foster", "elderly", "patients")
    rows = {f"audiences/aaaaa{at}/who": code for at, code in enumerate(codes)}
    texts = {name: text for name, text in CARD_TEXTS.items() if "/" not in name}

    found = missing(texts | rows | {"essence": "ж" * 301})[0]

    assert found == ["field.long essence", "rows.many audiences"]


def test_high_claims_are_advised_to_be_proven() -> None:
    claims = dict.fromkeys(ASPECTS, "3") | {"maturity": "3", "evidence_note": ""}

    advised = missing(PASSPORT_TEXTS | claims)[2]
    with_files = missing(PASSPORT_TEXTS | claims, evidence_files=1)[2]

    assert advised == [
        "evidence.no_note evidence_note",
        "evidence.no_files evidence_files",
        "maturity.not_repeated repeated",
    ]
    assert "evidence.no_files evidence_files" not in with_files


def test_materials_without_terms_and_people_of_whom_nothing_is_said_are_advised() -> None:
    texts = PASSPORT_TEXTS | {"contacts/aaaaaa/shown": "", "hosting": "yes"}

    assert missing(texts, materials=1)[2] == [
        "licence.none licence",
        "hosting.no_time hosting_when",
        "contact.unsaid contacts/aaaaaa/shown",
    ]


def test_every_code_of_what_is_missing_has_a_sentence() -> None:
    everything = missing({"title": "x.", "steps/aaaaaa/who": "я"}, materials=1)

    assert {line.split()[0] for lines in everything for line in lines} <= SENTENCES.keys()


paths = st.sampled_from(
    [*FIELDS, *(f"{name}/aaaaaa/{cell}" for name, cells in ROWS.items() for cell in cells), "x/y"]
)


@given(st.dictionaries(paths, st.text(max_size=40)))
def test_whatever_was_typed_is_read_and_nothing_else_is_invented(texts: dict[str, str]) -> None:
    told = read_practice(texts, currency="RUB")

    kept = {path for path, text in texts.items() if PRACTICE.parse(path) and text.strip()}
    rows = {
        f"{name}/{row.id}/{cell}" for name, some in told.rows.items() for row in some
        for cell in row.texts
    }  # fmt: skip
    assert told.texts.keys() | rows == kept


@given(
    st.dictionaries(st.sampled_from(["aaaaaa", "bbbbbb", "cccccc"]), st.sampled_from(
        ["everybody", "members", "nobody", ""]
    )),
    st.booleans(),
)  # fmt: skip
def test_nobody_is_shown_to_whom_their_people_did_not_say(
    people: dict[str, str], is_member: bool
) -> None:
    texts = {"title": "Маршрут"}
    for row, shown in people.items():
        texts |= {f"contacts/{row}/name": row, f"contacts/{row}/reach": "x"}
        texts |= {f"contacts/{row}/shown": shown} if shown else {}
    allowed = {"everybody", "members"} if is_member else {"everybody"}

    seen = for_readers(texts, is_member=is_member)

    assert {path.split("/")[1] for path in seen if "/" in path} == {
        row for row, shown in people.items() if shown in allowed
    }
    assert seen["title"] == "Маршрут"
