"""An archive is the same bytes every time; whatever is changed in it is found."""

import csv
import json
import zipfile
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergia.engine.bundle import RANKING, pack, ranking_lines, sentence_of, verify
from sinergia.engine.bundle.faults import SENTENCES
from sinergia.engine.bundle.recounting import number_told, seed_of
from sinergia.engine.rating import Candidate, Selection, rating_of, select
from sinergia.engine.seal import canonical
from sinergia.packs.rules import shipped
from sinergia.packs.rules.frozen import values_of

RULES = shipped()["regional"]
CRITERIA = [one.code for one in RULES.scoring.criteria if one.weights.get("s")]
WEIGHTS = {one.code: one.weights.get("s", Decimal(0)) for one in RULES.scoring.criteria}
Files = dict[str, bytes]


def a_card(code: str, number: int) -> dict[str, object]:
    """An application of an organisation of its own."""
    return {
        "code": code, "number": number, "shown_number": f"26-1-{number:04d}",
        "title": "Двор", "organisation": "АНО", "organisation_code": f"O-{number}",
        "category": "s", "direction": "", "asked_minor": 90_000_00, "offered_minor": None,
        "moved": "", "reason": "", "is_chosen": False, "final": "", "digest": "ab",
        "public": {},
    }  # fmt: skip


def some_files(scores: list[list[int]], *, budget: int | None = 200_000_00) -> Files:
    """Files of a contest with an application for each list, which has a sheet for each score."""
    values = values_of(RULES)
    schema = values.pop("schema")
    cards, sheets, candidates = [], [], []
    ratings: dict[str, tuple[Decimal | None, Decimal | None]] = {}
    for number, given_scores in enumerate(scores, start=1):
        code = f"A-{number:03d}"
        each = [{name: Decimal(score) for name in CRITERIA} for score in given_scores]
        for expert, sheet in enumerate(each, start=1):
            sheets.append(
                {
                    "application": code,
                    "expert": f"E-{expert:02d}",
                    "scores": {name: number_told(score) for name, score in sheet.items()},
                    "rating": number_told(rating_of([sheet], WEIGHTS)),
                    "counts": True,
                    "receipt": "",
                }
            )
        rating = rating_of(each, WEIGHTS)
        ratings[code] = (rating, rating)
        candidates.append(Candidate(code, "s", f"O-{number}", rating, 90_000_00, submitted=number))
        cards.append(a_card(code, number))
    said = RULES.selection
    wins = RULES.applicant.wins
    selection = Selection(budget, line=said.line, lines=said.lines, wins=wins, ties=said.ties)
    table = StringIO()
    lines = ranking_lines(select(candidates, selection), ratings)
    csv.writer(table, lineterminator="\n").writerows([RANKING, *lines])
    experts = sorted({str(one["expert"]) for one in sheets})
    return {
        "applications.json": canonical(cards),
        "contest.json": canonical({"budget_minor": budget, "currency": "RUB", "seed": ""}),
        "experts.json": canonical([{"code": code, "commitment": "00"} for code in experts]),
        "minutes.json": canonical([]),
        "ranking.csv": table.getvalue().encode(),
        "rules.json": canonical({"schema": schema, "values": values}),
        "sheets.json": canonical(sheets),
    }


FILES = some_files([[9, 8], [8, 8], [7, 7], [3, 2], []])
PACKED = pack(FILES)


def faults(content: bytes, *, root: str = "") -> list[str]:
    return [one.code for one in verify(content, root=root).faults]


def with_changed(name: str, change: Callable[[Any], object]) -> bytes:
    """An archive packed anew with something else in it, its digests right."""
    told = json.loads(FILES[name])
    change(told)
    return pack({**FILES, name: canonical(told)}).content


def test_it_is_the_same_bytes_every_time_and_agrees_with_itself() -> None:
    report = verify(PACKED.content, root=PACKED.root)

    assert pack(dict(reversed(FILES.items()))) == PACKED
    assert (report.faults, report.sheets, len(report.rows)) == ([], 8, 5)
    assert report.root == PACKED.root
    assert [row.differs for row in report.rows] == [[]] * 5
    assert [row.counted["outcome"] for row in report.rows] == [
        "won", "won", "reserve", "lost", "lost",
    ]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(place=st.integers(0, len(PACKED.content) - 1), by=st.integers(1, 255))
def test_any_changed_byte_is_found(place: int, by: int) -> None:
    content = bytearray(PACKED.content)
    content[place] ^= by

    assert faults(bytes(content))


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 7), criterion=st.sampled_from(CRITERIA), score=st.integers(0, 10))
def test_any_changed_score_is_found_though_all_digests_are_right(
    at: int, criterion: str, score: int
) -> None:
    def change(sheets: Any) -> None:  # noqa: ANN401  # JSON
        sheets[at]["scores"][criterion] = str(score)

    content = with_changed("sheets.json", change)

    if content == PACKED.content:
        assert faults(content) == []
    else:
        assert "sheet" in faults(content)
        assert "other_root" in faults(content, root=PACKED.root)


@settings(max_examples=30, deadline=None)
@given(
    scores=st.lists(st.lists(st.integers(0, 10), max_size=3), min_size=1, max_size=6),
    budget=st.one_of(st.none(), st.integers(0, 500_000_00)),
)
def test_whatever_was_decided_by_the_rules_agrees(
    scores: list[list[int]], budget: int | None
) -> None:
    assert faults(pack(some_files(scores, budget=budget)).content) == []


@pytest.mark.parametrize("column", [name for name in RANKING if name != "application"])
def test_any_changed_cell_of_the_ranking_names_its_row(column: str) -> None:
    head, *lines = csv.reader(StringIO(FILES["ranking.csv"].decode()))
    lines[1][head.index(column)] = "7"
    table = StringIO()
    csv.writer(table, lineterminator="\n").writerows([head, *lines])

    report = verify(pack({**FILES, "ranking.csv": table.getvalue().encode()}).content)

    assert [(one.code, one.values["code"], one.values["name"]) for one in report.faults] == [
        ("row", "A-002", column)
    ]


def test_both_a_score_and_its_sheet_changed_the_row_differs() -> None:
    def change(sheets: Any) -> None:  # noqa: ANN401  # JSON
        sheets[6]["scores"] = dict.fromkeys(CRITERIA, "10")
        sheets[6]["rating"] = "100"

    assert set(faults(with_changed("sheets.json", change))) == {"row"}


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("sheets.json", lambda rows: rows[0].update(application="A-9"), "unknown_application"),
        ("sheets.json", lambda rows: rows[0].update(expert="E-99"), "unknown_expert"),
        ("sheets.json", lambda rows: rows[0]["scores"].update(relevance="11"), "off_scale"),
        ("sheets.json", lambda rows: rows[0]["scores"].update(relevance="1.5"), "off_scale"),
        ("sheets.json", lambda rows: rows.append(rows[0]), "twice"),
        ("sheets.json", lambda rows: rows[0].update(counts=False), "row"),
        ("sheets.json", lambda rows: rows[0]["scores"].update(relevance="09"), "unreadable"),
        ("sheets.json", lambda rows: rows[0].pop("rating"), "unreadable"),
        ("applications.json", lambda rows: rows.pop(), "not_there"),
        ("applications.json", lambda rows: rows.append(rows[0]), "unreadable"),
        ("applications.json", lambda rows: rows[0].update(final="99"), "row"),
        ("applications.json", lambda rows: rows[0].update(final="x"), "unreadable"),
        ("applications.json", lambda rows: rows[0].update(offered_minor="x"), "unreadable"),
        ("applications.json", lambda rows: rows[3].update(moved="won"), "row"),
        ("contest.json", lambda row: row.update(budget_minor=0), "row"),
        ("contest.json", lambda row: row.update(budget_minor="all"), "unreadable"),
        ("contest.json", lambda row: row.update(seed="1"), "seed"),
        ("contest.json", lambda row: row.pop("seed"), "unreadable"),
        ("sheets.json", lambda rows: rows[0]["scores"].update(team="1E+1000000"), "unreadable"),
        ("applications.json", lambda rows: rows[0].update(final="1E+1000000"), "unreadable"),
        ("applications.json", lambda rows: rows[0].update(moved=[]), "unreadable"),
        ("experts.json", lambda rows: rows[0].pop("commitment"), "unreadable"),
        ("experts.json", lambda rows: rows[0].update(commitment=""), "unreadable"),
        ("experts.json", lambda rows: rows[0].update(commitment="no hex"), "unreadable"),
        ("experts.json", lambda rows: rows[0].update(commitment=7), "unreadable"),
        ("rules.json", lambda row: row.update(schema="other/1"), "unreadable"),
        ("rules.json", lambda row: row["values"]["selection"].update(line="99"), "row"),
    ],
)
def test_whatever_else_was_changed_is_found(
    name: str, change: Callable[[Any], object], code: str
) -> None:
    assert code in faults(with_changed(name, change))


def test_a_row_added_to_the_applications_does_not_stand_in_the_ranking() -> None:
    def change(rows: Any) -> None:  # noqa: ANN401  # JSON
        rows.append(rows[4] | {"code": "A-006", "number": 6})

    assert faults(with_changed("applications.json", change)) == ["not_ranked"]


def test_moves_that_cost_more_than_there_is_are_told() -> None:
    def change(rows: Any) -> None:  # noqa: ANN401  # JSON
        for row in rows:
            row["moved"] = "won"

    assert faults(with_changed("applications.json", change)) == ["budget"]


def packed_by_hand(files: Files, *, method: int = zipfile.ZIP_STORED) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_what_is_no_archive_or_lacks_a_file_is_told() -> None:
    with zipfile.ZipFile(BytesIO(PACKED.content)) as archive:
        whole = {name: archive.read(name) for name in archive.namelist()}
    without = {name: content for name, content in whole.items() if name != "sheets.json"}

    assert faults(b"") == faults(b"text") == ["no_zip"]
    assert faults(packed_by_hand(whole, method=zipfile.ZIP_DEFLATED)) == ["no_zip"]
    assert faults(packed_by_hand(whole)) == ["container"]
    assert faults(PACKED.content + b"\0") in (["container"], ["no_zip"])
    assert "missing" in faults(packed_by_hand(without))
    assert "missing" in faults(packed_by_hand(FILES))
    assert "strange" in faults(packed_by_hand(whole | {"more.txt": b""}))
    assert "manifest" in faults(packed_by_hand(whole | {"manifest.json": b"{}"}))
    assert "manifest" in faults(packed_by_hand(whole | {"manifest.json": b"no"}))
    assert "changed" in faults(packed_by_hand(whole | {"minutes.json": b"[1]"}))


def test_a_root_that_was_not_published_is_told() -> None:
    assert faults(PACKED.content, root="0" * 64) == ["other_root"]


def test_a_lot_is_drawn_by_the_checksums_of_all() -> None:
    cards: dict[str, dict[str, Any]] = {"A-2": {"digest": "b"}, "A-1": {"digest": "a"}}

    assert seed_of(cards) == seed_of(dict(reversed(cards.items())))
    assert seed_of(cards) != seed_of({"A-1": {"digest": "b"}, "A-2": {"digest": "a"}})


def test_every_fault_has_a_sentence_with_what_it_names() -> None:
    report = verify(with_changed("contest.json", lambda row: row.update(budget_minor=0)))

    for fault in report.faults:
        sentence, values = sentence_of(fault)
        assert sentence % values
    assert set(SENTENCES) >= {fault.code for fault in report.faults}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *[(name, b"[" * 200_000) for name in FILES if name.endswith(".json")],
        *[("contest.json", content) for content in (b"[]", b"null", b'"x"')],
        *[("minutes.json", content) for content in (b"garbage", b"{}", b"null")],
        *[
            ("applications.json", FILES["applications.json"].replace(told, name + b"Infinity"))
            for told, name in (
                (b'"asked_minor":9000000', b'"asked_minor":'),
                (b'"number":1', b'"number":'),
                (b'"offered_minor":null', b'"offered_minor":'),
            )
        ],
    ],
)
def test_a_file_that_is_none_is_told_by_its_name(name: str, content: bytes) -> None:
    report = verify(pack({**FILES, name: content}).content)

    assert [(one.code, one.values) for one in report.faults] == [("unreadable", {"name": name})]


def test_every_file_has_the_one_moment_that_changes_nothing() -> None:
    packed = pack({"contest.json": b"{}"})

    with zipfile.ZipFile(BytesIO(packed.content)) as files:
        moments = {one.date_time for one in files.infolist()}
    assert moments == {(1980, 1, 1, 0, 0, 0)}
