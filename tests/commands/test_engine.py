import csv
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.commands.engine_run import AFFINITIES, assign, check

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("SINERGIA_SHARED_DATA") or ROOT.parent / "shared" / "data")
REVIEW = SHARED / "local-only" / "review"


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SINERGIA_LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)
    Path("A.csv").write_text(AFFINITIES, encoding="utf-8")


def test_tables_are_assigned_and_the_proof_is_checked(capsys: pytest.CaptureFixture[str]) -> None:
    made = assign(capsys, "--affinity", "A.csv", "--max-load", "1")
    checked = check(capsys, "--affinity", "A.csv", "--max-load", "1")

    assert made.code == 0
    assert made.told == {
        "objective": 5,
        "pairs": 2,
        "unfilled": 0,
        "min_load": 0,
        "max_load": 1,
        "worst_application": 2,
        "worst_application_id": "A1",
        "optimal": True,
        "seconds": made.told["seconds"],
    }
    assert Path("OUT.csv").read_text() == "application,expert,affinity\nA1,E2,2\nA2,E1,3\n"
    assert checked.code == 0
    assert (checked.told["is_valid"], checked.told["bound"], checked.told["faults"]) == (
        True,
        5,
        [],
    )


def test_a_missing_pair_has_no_affinity_and_is_allowed(capsys: pytest.CaptureFixture[str]) -> None:
    Path("C.csv").write_text("application,expert\nA1,E1\nA1,E2\n")

    made = assign(capsys, "--affinity", "A.csv", "--conflicts", "C.csv", "--max-load", "2")

    assert Path("OUT.csv").read_text() == "application,expert,affinity\nA1,E3,0\nA2,E1,3\n"
    assert (made.told["objective"], made.told["worst_application"]) == (3, 0)


def test_arrays_without_names_are_numbered_from_nought(capsys: pytest.CaptureFixture[str]) -> None:
    np.savez("F.npz", affinity=np.array([[0.5, 0.25], [1.5, 1.0]]))

    made = assign(capsys, "F.npz", "--max-load", "1", "--min-load", "1")

    assert made.told["objective"] == 1.75
    assert Path("OUT.csv").read_text() == "application,expert,affinity\n0,1,0.25\n1,0,1.5\n"


def test_another_assignment_is_not_proven(capsys: pytest.CaptureFixture[str]) -> None:
    assign(capsys, "--affinity", "A.csv", "--max-load", "1")
    Path("OUT.csv").write_text("application,expert\nA1,E1\nA2,E3\n")

    checked = check(capsys, "--affinity", "A.csv", "--max-load", "1")

    assert (checked.code, checked.told["is_valid"], checked.told["optimal"]) == (1, True, False)
    assert checked.told["faults"] == ["The prices do not prove that nothing better can be made."]


def test_a_broken_rule_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assign(capsys, "--affinity", "A.csv", "--max-load", "1")
    Path("OUT.csv").write_text("application,expert\nA1,E1\n")
    Path("C.csv").write_text("application,expert\nA1,E1\n")

    checked = check(capsys, "--affinity", "A.csv", "--conflicts", "C.csv", "--max-load", "1")

    assert (checked.code, checked.told["unfilled"]) == (1, 1)
    assert checked.told["faults"] == [
        "Not read by the number that is asked: A2.",
        "Forbidden pairs: A1 – E1.",
    ]


def test_too_few_experts_leave_no_file_and_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    Path("OUT.csv").write_text("of an earlier run\n")

    made = assign(capsys, "--affinity", "A.csv", "--max-load", "9", reviews=4)

    assert made.code == 3
    assert (made.told["unfilled"], made.told["applications"]) == (2, ["A1", "A2"])
    assert made.told["reason"] == "Too few experts without a conflict for applications: A1, A2."
    assert not Path("OUT.csv").exists()
    assert not Path("P.csv").exists()


def test_too_little_room_is_told_in_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    Path("C.csv").write_text("application,expert\nA1,E3\nA2,E3\n")

    made = assign(
        capsys, "--affinity", "A.csv", "--conflicts", "C.csv", "--max-load", "1", reviews=2
    )

    assert made.told["reason"] == (
        "Applications A1, A2 need at least 4 readings of experts E1, E2, who may do 2 in all."
    )
    assert made.told["unfilled"] == 2


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("application,expert,affinity\nA1,E1,nan\n", "A.csv, line 2: “nan” is no number."),
        ("application,expert,affinity\nA1,E1,inf\n", "A.csv, line 2: “inf” is no number."),
        ("application,expert,affinity\nA1,E1,x\n", "A.csv, line 2: “x” is no number."),
        (
            "application,expert,affinity\nA1,E1,1e99\n",
            "An affinity is larger than 9007199254740992: A1 – E1.",
        ),
        (
            "application,expert,affinity\nA1,E1,1\nA1,E1,2\n",
            "A.csv, line 3: the pair stands here twice.",
        ),
        ("application,expert,affinity\nA1,,1\n", "A.csv, line 2: a cell is empty."),
        ("application,expert\nA1,E1\n", "A.csv: there is no column “affinity”."),
        (
            "application,expert,affinity\nA1,E1,0,5\n",
            "A.csv, line 2: more cells than the head has; write decimals with a point.",
        ),
        ("application;expert;affinity\n", "A.csv: columns are to be parted by commas."),
        ("application\texpert\n", "A.csv: columns are to be parted by commas."),
        ("application,expert,affinity\nA1,E1,1_0\n", "A.csv, line 2: “1_0” is no number."),
        ("application,expert,affinity\nA1,E1,٥\n", "A.csv, line 2: “٥” is no number."),
        (
            "application,expert,affinity\nA1,E1,1e999\n",
            "A.csv, line 2: “1e999” is too large a number.",
        ),
        (
            "application,expert,affinity\nA1,E1,1e-99999999\n",
            "A.csv, line 2: “1e-99999999” has too many digits.",
        ),
        (
            "application,expert,affinity\nA1,E1,0.30000000000000000001e-300\n",
            "A.csv: an affinity has too many digits.",
        ),
        (
            'application,expert,affinity\nA1,"E\r1",1\n',
            "A.csv, line 3: a cell has a break of lines within it.",
        ),
        ("", "A.csv: there is no column “application”."),
        ("application,expert,affinity\n", "A.csv: there is no application or no expert."),
    ],
)
def test_a_table_that_cannot_be_used_is_told_in_a_line(
    capsys: pytest.CaptureFixture[str], content: str, fault: str
) -> None:
    Path("A.csv").write_text(content)

    made = assign(capsys, "--affinity", "A.csv", "--max-load", "1")

    assert (made.code, made.told, made.fault) == (2, {}, fault + "\n")


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("C.csv", "application,expert\nA9,E1\n", "“A9” is not among the affinities"),
        ("C.csv", "application,expert\nA1,E9\n", "“E9” is not among the affinities"),
        ("C.csv", "\x00\x00", "there is no column"),
    ],
)
def test_unknown_names_are_told(
    capsys: pytest.CaptureFixture[str], name: str, content: str, fault: str
) -> None:
    Path(name).write_text(content)

    made = assign(capsys, "--affinity", "A.csv", "--conflicts", "C.csv", "--max-load", "1")

    assert made.code == 2
    assert fault in made.fault


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("OUT.csv", "application,expert\nA1,E1\nA1,E1\n", "the pair stands here twice"),
        ("OUT.csv", "application,expert\nA1,E7\n", "“E7” is not among the affinities"),
        ("P.csv", "expert,price\nE1,1\nE1,1\n", "the expert stands here twice"),
        ("P.csv", "expert,price\nE1,1\n", "no price of expert E2"),
        ("P.csv", "expert,price\nE1,1e30\n", "“1e30” is too large a number"),
        ("P.csv", "expert,price\nE1,-Infinity\n", "“-Infinity” is no number"),
        ("P.csv", "expert,price\nE1,1e1000000\n", "“1e1000000” is too large a number"),
        ("P.csv", "expert,price\nE1,2,5\n", "more cells than the head has"),
        ("OUT.csv", "application,expert,affinity\nA1,E1,xyz\n", "“xyz” is no number"),
    ],
)
def test_what_is_checked_must_be_readable(
    capsys: pytest.CaptureFixture[str], name: str, content: str, fault: str
) -> None:
    assign(capsys, "--affinity", "A.csv", "--max-load", "1")
    Path(name).write_text(content)

    checked = check(capsys, "--affinity", "A.csv", "--max-load", "1")

    assert checked.code == 2
    assert fault in checked.fault


@pytest.mark.parametrize(
    ("arrays", "fault"),
    [
        ({}, "“affinity” is to be a table of numbers"),
        ({"affinity": np.zeros(3)}, "“affinity” is to be a table of numbers"),
        ({"affinity": np.array([["a"]])}, "“affinity” is to be a table of numbers"),
        ({"affinity": np.zeros((0, 3))}, "there is no application or no expert"),
        ({"affinity": np.array([[np.nan]])}, "An affinity is no finite number: 0 – 0"),
        (
            {"affinity": np.ones((1, 2)), "conflict": np.ones((2, 1), dtype=bool)},
            "“conflict” is to be a table of yes and no, as large",
        ),
        (
            {"affinity": np.ones((2, 1)), "applications": np.array(["a", "a"])},
            "one stands in “applications” twice",
        ),
        (
            {"affinity": np.ones((2, 1)), "experts": np.array(["a", "b"])},
            "“experts” is to be a list of as many texts",
        ),
        (
            {"affinity": np.ones((1, 1)), "applications": np.array([{}], dtype=object)},
            "it holds Python objects: keep names as texts (dtype=str)",
        ),
        (
            {"affinity": np.ones((1, 1)), "conflict": np.array([[2]])},
            "“conflict” is to be a table of yes and no, as large",
        ),
        *[
            (
                {"affinity": np.ones((1, 2)), "experts": np.array([name, "b"])},
                "of “experts” is a name that a table cannot keep",
            )
            for name in ("", " a", "a\xa0", "a\rb", "a\ud800")
        ],
    ],
)
def test_arrays_that_cannot_be_used_are_told_in_a_line(
    capsys: pytest.CaptureFixture[str], arrays: dict[str, Any], fault: str
) -> None:
    np.savez("F.npz", **arrays)

    made = assign(capsys, "F.npz", "--max-load", "1")

    assert made.code == 2
    assert fault in made.fault
    assert made.fault.count("\n") == 1


def test_what_is_no_file_of_arrays_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path("F.npz").write_bytes(b"PK\x03\x04 and nothing more")

    broken = assign(capsys, "F.npz", "--max-load", "1")
    missing = assign(capsys, "G.npz", "--max-load", "1")

    assert (broken.code, broken.fault) == (2, "F.npz: it is no .npz file, or a damaged one.\n")
    assert (missing.code, missing.fault) == (2, "G.npz: No such file or directory\n")


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ([], "Give FILE.npz or --affinity A.csv, one of the two."),
        ([""], "Give FILE.npz or --affinity A.csv, one of the two."),
        (["F.npz", "--affinity", "A.csv"], "Give FILE.npz or --affinity A.csv, one of the two."),
        (
            ["F.npz", "--conflicts", "C.csv"],
            "Conflicts lie in FILE.npz itself: leave --conflicts out.",
        ),
        (
            ["--affinity", "A.csv", "--min-load", "5"],
            "--reviews and --max-load are at least 1, --min-load no more than that.",
        ),
    ],
)
def test_a_wrong_way_to_ask_is_told(
    capsys: pytest.CaptureFixture[str], words: list[str], fault: str
) -> None:
    made = assign(capsys, *words, "--max-load", "1")

    assert (made.code, made.fault) == (2, fault + "\n")


@pytest.mark.skipif(not REVIEW.exists(), reason="../shared/data/local-only/review is not here")
@pytest.mark.parametrize(
    ("reviews", "least", "most", "objective"),
    [
        *[(2, 0, 4, 359), (2, 0, 6, 364), (2, 3, 6, 364)],
        *[(3, 0, 6, 497), (3, 0, 8, 500), (3, 5, 8, 500)],
        *[(4, 0, 7, 615), (4, 0, 9, 618), (4, 6, 9, 618)],
    ],
)
def test_real_bids_come_to_their_known_optimum(
    capsys: pytest.CaptureFixture[str],
    reviews: int,
    least: int,
    most: int,
    objective: int,
) -> None:
    tables = ["--affinity", str(REVIEW / "bids_54x31_affinity.csv")]
    tables += ["--conflicts", str(REVIEW / "bids_54x31_conflicts.csv")]
    for files in ([str(REVIEW / "bids_54x31.npz")], tables):
        bounds = [*files, "--max-load", str(most), "--min-load", str(least)]

        made = assign(capsys, *bounds, reviews=reviews)
        checked = check(capsys, *bounds, reviews=reviews)

        assert (made.told["objective"], made.told["optimal"]) == (objective, True)
        assert checked.code == 0
        with Path("OUT.csv").open() as file:
            assert len(list(csv.DictReader(file))) == 54 * reviews


def test_absurd_bounds_are_answered_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    many = assign(capsys, "--affinity", "A.csv", "--max-load", "9", reviews=10**15)
    wide = assign(capsys, "--affinity", "A.csv", "--max-load", "9" * 30)
    busy = assign(capsys, "--affinity", "A.csv", "--max-load", "9" * 30, "--min-load", "9" * 20)

    assert (many.code, many.told["applications"]) == (3, ["A1", "A2"])
    assert (wide.code, wide.told["objective"]) == (0, 6)
    assert (busy.code, busy.told["code"]) == (3, "loads")
