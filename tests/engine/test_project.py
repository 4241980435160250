from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergia.engine.drafts import Path, length_of
from sinergia.engine.project import (
    PROJECT,
    Broken,
    erase,
    freeze,
    parse_path,
    read_document,
    thaw,
)
from sinergia.engine.refusal import Gap
from sinergia.packs.rules.fields import FIELDS, REFERS, ROWS, SECTIONS


def salts(size: int) -> bytes:
    return b"\x07" * size


def test_the_table_of_fields_agrees_with_itself() -> None:
    assert ROWS.keys() <= FIELDS.keys()
    assert sum(len(fields) for fields in SECTIONS.values()) == len(FIELDS)
    assert {(name, cell) for name, cells in ROWS.items() for cell, kind in cells.items()
            if kind == "row"} == REFERS.keys()  # fmt: skip


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("title", Path("title")),
        ("lines/7f3a9c/price", Path("lines", "7f3a9c", "price")),
        ("tasks/abcdef/order", Path("tasks", "abcdef", "order")),
        ("lines", None),
        ("lines/7f3a9c", None),
        ("lines/7f3a9c/title", None),
        ("lines/0/price", None),
        ("lines/../price", None),
        ("title/7f3a9c/text", None),
        ("answers/other-funds_1", Path("answers", cell="other-funds_1")),
        ("answers", None),
        ("answers/", None),
        ("answers/../x", None),
        ("answers/aaaaaa/order", None),
        ("nothing", None),
        ("", None),
    ],
)
def test_a_path_is_one_that_a_project_has(text: str, path: Path | None) -> None:
    assert parse_path(text) == path
    assert path is None or str(path) == text


def test_texts_lose_what_nobody_sees_and_keep_their_lines() -> None:
    kept = PROJECT.clean(Path("problem"), "Первая\r\nвторая\x00 \u202eстрока\n\n• пункт 🙂")

    assert kept == "Первая\nвторая строка\n\n• пункт 🙂"
    assert PROJECT.clean(Path("title"), " Завтра\r\nу  реки ") == "Завтра у реки"


def test_a_line_break_counts_as_one_character() -> None:
    assert length_of("а\r\nб") == length_of("а\nб") == 3


def test_a_budget_sums_itself() -> None:
    document = read_document(
        {
            "title": "Завтра у реки",
            "lines/aaaaaa/what": "Автобус",
            "lines/aaaaaa/price": "4 500,50",
            "lines/aaaaaa/quantity": "3",
            "lines/aaaaaa/own": "1 000",
            "lines/bbbbbb/what": "Бумага",
            "lines/bbbbbb/price": "0,33",
            "lines/bbbbbb/quantity": "1,5",
        },
        currency="RUB",
    )

    assert [line.total_minor for line in document.lines] == [1_350_150, 50]
    assert (document.total_minor, document.own_minor, document.asked_minor) == (
        1_350_200,
        100_000,
        1_250_200,
    )
    assert document.lines[0].quantity == Decimal(3)
    assert document.faults == []


@pytest.mark.parametrize(
    ("path", "typed", "code"),
    [
        ("lines/aaaaaa/price", "-5", "cell.money_negative"),
        ("lines/aaaaaa/price", "99999999999999999", "cell.money_too_large"),
        ("lines/aaaaaa/price", "много", "cell.money_number"),
        ("lines/aaaaaa/price", "5 $", "cell.money_number"),
        ("lines/aaaaaa/price", "12,345", "cell.money_ambiguous"),
        ("lines/aaaaaa/own", "12.345 руб.", "cell.money_ambiguous"),
        ("lines/aaaaaa/own", "1,125 тыс.", "cell.money_ambiguous"),
        ("lines/aaaaaa/quantity", "1,125", "cell.quantity_ambiguous"),
        ("lines/aaaaaa/quantity", "-1", "cell.quantity"),
        ("lines/aaaaaa/quantity", "1e400", "cell.quantity"),
        ("events/aaaaaa/starts_on", "31.02.2027", "cell.date"),
        ("events/aaaaaa/people", "2,5", "cell.number"),
        ("results/aaaaaa/number", "сто", "cell.number"),
        ("experience/aaaaaa/sum", "-1", "cell.money_negative"),
        ("starts_on", "скоро", "cell.date"),
    ],
)
def test_what_cannot_be_read_is_a_gap_at_its_place(path: str, typed: str, code: str) -> None:
    document = read_document({path: typed}, currency="RUB")

    assert document.faults == [Gap(code, path, {"typed": typed})]


def test_what_may_be_meant_in_two_ways_goes_on_to_be_read_as_it_was() -> None:
    typed = {"lines/aaaaaa/price": "12,345", "lines/aaaaaa/quantity": "1,125"}

    (line,) = read_document(typed, currency="RUB").lines

    assert (line.price_minor, line.quantity) == (1_234_500, Decimal(1125))


@pytest.mark.parametrize(
    ("price", "is_kept"), [("90071992547409,91", True), ("90071992547409,92", False)]
)
def test_the_largest_sum_of_a_line_is_kept(price: str, *, is_kept: bool) -> None:
    typed = {"lines/aaaaaa/price": price, "lines/aaaaaa/quantity": "1"}

    document = read_document(typed, currency="RUB")

    assert (document.lines[0].total_minor == 2**53 - 1, not document.faults) == (is_kept, is_kept)


def test_a_row_that_is_gone_is_told_where_it_was_chosen() -> None:
    document = read_document(
        {"events/aaaaaa/what": "Сбор", "events/aaaaaa/task": "bbbbbb"}, currency="RUB"
    )

    assert document.faults == [Gap("cell.gone", "events/aaaaaa/task")]


def test_rows_stand_as_people_put_them() -> None:
    document = read_document(
        {
            "tasks/aaaaaa/text": "вторая",
            "tasks/aaaaaa/order": "2",
            "tasks/bbbbbb/text": "первая",
            "tasks/bbbbbb/order": "1",
            "tasks/cccccc/text": "последняя",
            "tasks/dddddd/text": "  ",
        },
        currency="RUB",
    )

    assert [row.texts["text"] for row in document.rows["tasks"]] == [
        "первая",
        "вторая",
        "последняя",
    ]


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("01.02.2027", "31.07.2027", 6),
        ("01.02.2027", "01.02.2027", 1),
        ("15.02.2027", "14.03.2027", 1),
        ("15.02.2027", "15.03.2027", 2),
        ("01.03.2027", "01.02.2027", None),
        ("01.03.2027", "", None),
    ],
)
def test_begun_months_count_whole(start: str, end: str, months: int | None) -> None:
    document = read_document({"starts_on": start, "ends_on": end}, currency="RUB")

    assert document.months == months


def test_dates_are_read_as_people_type_them() -> None:
    document = read_document({"starts_on": "1 февраля 2027 г."}, currency="RUB")

    assert document.starts_on == date(2027, 2, 1)


def test_frozen_bytes_give_back_what_was_handed_in() -> None:
    frozen = freeze("project/1", {"title": "Река", "problem": "Она\nмелеет"}, chance=salts)

    thawed = thaw(frozen.content, digest=frozen.digest)

    assert frozen.content.startswith(b'{"schema":"project/1","values":')
    assert len(frozen.digest) == 64
    assert thawed.values == {"title": "Река", "problem": "Она\nмелеет"}
    assert thawed.erased == frozenset()


def test_an_erased_field_leaves_the_digest_and_no_trace() -> None:
    frozen = freeze("project/1", {"title": "Река", "head/aaaaaa/name": "Яровая"}, chance=salts)

    left = erase(frozen.content, ["head/aaaaaa/name", "nothing"])

    thawed = thaw(left, digest=frozen.digest)
    assert thawed.values == {"title": "Река"}
    assert thawed.erased == {"head/aaaaaa/name"}
    assert "Яровая".encode() not in left
    assert erase(left, ["head/aaaaaa/name"]) == left


def test_equal_texts_have_unequal_leaves() -> None:
    rest = iter(range(100))
    frozen = freeze("p/1", {"a": "да", "b": "да"}, chance=lambda size: bytes([next(rest)]) * size)

    both = thaw(erase(frozen.content, ["a", "b"]))

    assert both.values == {}
    assert len(set(frozen.content.split(b'"salt":"'))) == 3


@given(st.integers(0, 400), st.integers(1, 255))
def test_any_changed_byte_is_noticed(place: int, change: int) -> None:
    frozen = freeze("project/1", {"title": "Река", "summary": "Чистим родники"}, chance=salts)
    content = bytearray(frozen.content)
    content[place % len(content)] ^= change

    with pytest.raises(Broken):
        thaw(bytes(content), digest=frozen.digest)


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"null", b'{"schema":"p","values":[]}', b'{"schema":"p","values":{"a":1}}',
     b'{"values":{},"schema":"p"}'],
)  # fmt: skip
def test_what_is_no_frozen_content_is_told(content: bytes) -> None:
    with pytest.raises(Broken):
        thaw(content, digest="00")


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=20), max_size=5), st.data())
def test_whatever_is_erased_the_digest_holds(values: dict[str, str], data: st.DataObject) -> None:
    values = {
        key.encode("utf-8", "ignore").decode(): text.encode("utf-8", "ignore").decode()
        for key, text in values.items()
    }
    frozen = freeze("p/1", values, chance=salts)
    gone = data.draw(st.sets(st.sampled_from(sorted(values)))) if values else set()

    thawed = thaw(erase(frozen.content, gone), digest=frozen.digest)

    assert dict(thawed.values) == {key: text for key, text in values.items() if key not in gone}
