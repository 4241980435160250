import csv
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from sinergia.command import answer

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("SINERGIA_SHARED_DATA") or ROOT.parent / "shared" / "data")
REVIEW = SHARED / "local-only" / "review"

AFFINITIES = """application,expert,affinity
A1,E1,3
A1,E2,2
A2,E1,3
A2,E2,0.5
A2,E3,1
"""


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SINERGIA_LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)
    Path("A.csv").write_text(AFFINITIES, encoding="utf-8")


class Ran:
    """A command that ran: its code, its JSON, what it said of mistakes."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *words: str) -> None:
        self.code = answer(["engine", *words])
        said = capsys.readouterr()
        self.told: dict[str, Any] = json.loads(said.out) if said.out else {}
        self.fault = said.err


def assign(capsys: pytest.CaptureFixture[str], *words: str, reviews: int = 1) -> Ran:
    asked = ["--reviews", str(reviews), "--out", "OUT.csv", "--prices", "P.csv", *words]
    return Ran(capsys, "assign", *asked)


def check(capsys: pytest.CaptureFixture[str], *words: str, reviews: int = 1) -> Ran:
    asked = ["--reviews", str(reviews), "--assignment", "OUT.csv", "--prices", "P.csv", *words]
    return Ran(capsys, "check-assignment", *asked)


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


def test_optimal_is_told_of_the_numbers_given_not_of_rounded_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    head = "application,expert,affinity\n"
    Path("A.csv").write_text(f"{head}a,e1,1e9\na,e2,0\nb,e1,0.3333333333\nb,e2,0.3334444445\n")
    made = assign(capsys, "--affinity", "A.csv", "--max-load", "2")
    right = check(capsys, "--affinity", "A.csv", "--max-load", "2")
    Path("OUT.csv").write_text("application,expert\na,e1\nb,e1\n")
    worse = check(capsys, "--affinity", "A.csv", "--max-load", "2")

    assert Path("P.csv").read_text() == "expert,price\ne1,0\ne2,0\n"
    assert (made.told["objective"], made.told["optimal"]) == (1000000000.3334445, True)
    assert (right.code, right.told["bound"]) == (0, 1000000000.3334445)
    assert (worse.code, worse.told["optimal"]) == (1, False)
    assert worse.told["gap"] == pytest.approx(0.0001111112, abs=1e-15)


@pytest.mark.parametrize("kind", ["float32", "float64", "sevenths", "tiny"])
def test_tables_of_floats_are_proven_and_their_prices_written_to_the_last_digit(
    capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    told = np.random.default_rng(5).random((60, 12))
    tables: dict[str, npt.NDArray[np.floating[Any]]] = {
        "float32": told.astype(np.float32),
        "float64": told - 0.5,
        "sevenths": np.rint(7 * told) / 7,
        "tiny": told * 1e-300,
    }
    np.savez("F.npz", affinity=tables[kind], conflict=told < 0.1)

    made = assign(capsys, "F.npz", "--max-load", "16", "--min-load", "14", reviews=3)
    checked = check(capsys, "F.npz", "--max-load", "16", "--min-load", "14", reviews=3)

    assert (made.code, made.told["optimal"], checked.code) == (0, True, 0)
    assert checked.told["bound"] == checked.told["objective"] == made.told["objective"]


def test_long_decimals_of_a_table_count_to_the_last_digit(
    capsys: pytest.CaptureFixture[str],
) -> None:
    head = "application,expert,affinity\n"
    table = "a,e1,1\na,e2,0.30000000000000000001\nb,e1,1\nb,e2,0.30000000000000000002\n"
    Path("A.csv").write_text(head + table)
    assign(capsys, "--affinity", "A.csv", "--max-load", "1")

    read = Path("OUT.csv").read_text()
    checked = check(capsys, "--affinity", "A.csv", "--max-load", "1")
    Path("OUT.csv").write_text("application,expert\na,e2\nb,e1\n")
    worse = check(capsys, "--affinity", "A.csv", "--max-load", "1")

    assert read == "application,expert,affinity\na,e1,1\nb,e2,0.3\n"
    assert (checked.code, worse.code, worse.told["gap"]) == (0, 1, 1e-20)


@pytest.mark.parametrize("price", ["1.4", "1.000000001", "0.9", f"1.{'0' * 299}1"])
def test_a_price_that_was_changed_a_little_proves_nothing(
    capsys: pytest.CaptureFixture[str], price: str
) -> None:
    rows = [
        "a,e1,9",
        "a,e2,8",
        "a,e3,1",
        "b,e1,7",
        "b,e2,3",
        "b,e3,2",
        "c,e1,6",
        "c,e2,5",
        "c,e3,4",
    ]
    Path("A.csv").write_text("\n".join(["application,expert,affinity", *rows]))
    assign(capsys, "--affinity", "A.csv", "--max-load", "1")
    right = Path("P.csv").read_text()
    Path("P.csv").write_text(right.replace("e2,1", f"e2,{price}"))

    checked = check(capsys, "--affinity", "A.csv", "--max-load", "1")

    assert right == "expert,price\ne1,2\ne2,1\ne3,0\n"
    assert (checked.code, checked.told["is_valid"], checked.told["optimal"]) == (1, True, False)


def test_the_worst_served_is_told_of_the_numbers_given(capsys: pytest.CaptureFixture[str]) -> None:
    np.savez("F.npz", affinity=np.array([[0.1], [0.2], [0.1 + 0.2]]))

    made = assign(capsys, "F.npz", "--max-load", "3")

    assert (made.told["worst_application"], made.told["worst_application_id"]) == (0.1, "0")


def test_a_forbidden_pair_can_be_of_any_size(capsys: pytest.CaptureFixture[str]) -> None:
    np.savez("F.npz", affinity=np.array([[1e300, 1.0]]), conflict=np.array([[True, False]]))

    assert assign(capsys, "F.npz", "--max-load", "3").told["objective"] == 1


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


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("N.csv", "application,reviews\nA1,1\nA1,2\n", "the application stands here twice"),
        ("N.csv", "application,reviews\nA1,-1\n", "“-1” is below nought"),
        ("N.csv", "application,reviews\nA1,1.5\n", "“1.5” is no whole number"),
        ("L.csv", "expert,least,most\nE1,1,1\nE1,0,3\n", "the expert stands here twice"),
        ("L.csv", "expert,least,most\nE1,2,1\n", "the least load is above the most"),
        ("L.csv", "expert,least,most\nE1,0,1e99999999\n", "“1e99999999” is too large a number"),
    ],
)
def test_bounds_of_each_are_read_strictly(
    capsys: pytest.CaptureFixture[str], name: str, content: str, fault: str
) -> None:
    Path(name).write_text(content)
    option = {"N.csv": "--needs", "L.csv": "--loads"}[name]

    made = assign(capsys, "--affinity", "A.csv", "--max-load", "9", option, name)

    line = content.count("\n")
    assert (made.code, made.fault) == (2, f"{name}, line {line}: {fault}.\n")


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["--out", "."], ".: it is a folder."),
        (["--out", "/"], "/: it is a folder."),
        (["--prices", "no/P.csv"], "no/P.csv: there is no such folder."),
        (["--prices", "./OUT.csv"], "OUT.csv and ./OUT.csv are one file: give two."),
        (["--out", "A.csv"], "A.csv and A.csv are one file: give two."),
        (["--prices", "link"], "A.csv and link are one file: give two."),
    ],
)
def test_files_to_be_written_are_looked_at_before_anything_is_solved(
    capsys: pytest.CaptureFixture[str], words: list[str], fault: str
) -> None:
    Path("link").symlink_to("A.csv")

    made = assign(capsys, "--affinity", "A.csv", "--max-load", "9", *words)

    assert (made.code, made.told, made.fault) == (2, {}, fault + "\n")
    assert Path("A.csv").read_text() == AFFINITIES
    assert sorted(path.name for path in Path().iterdir()) == ["A.csv", "link"]


def test_a_link_is_followed_and_what_is_no_plain_file_is_written_to(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("link").symlink_to("real.csv")
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)

    made = assign(
        *(capsys, "--affinity", "A.csv", "--max-load", "1", "--out", "link", "--prices", "pipe")
    )
    told = os.read(reader, 1000).decode()
    os.close(reader)

    assert (made.code, Path("link").is_symlink(), Path("pipe").is_fifo()) == (0, True, True)
    assert Path("real.csv").read_text().startswith("application,expert,affinity\n")
    assert told.startswith("expert,price\n")


def test_a_full_disk_is_told_by_the_name_that_was_typed_and_leaves_no_file(
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = assign(capsys, "--affinity", "A.csv", "--max-load", "1", "--prices", "/dev/full")

    assert (made.code, made.fault) == (2, "/dev/full: No space left on device\n")
    assert [path.name for path in Path().iterdir()] == ["A.csv"]


def test_affinities_of_a_list_are_compared_with_those_given(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assign(capsys, "--affinity", "A.csv", "--max-load", "1")
    told = Path("OUT.csv").read_text()
    Path("OUT.csv").write_text(told.replace("A1,E2,2", "A1,E2,999"))

    checked = check(capsys, "--affinity", "A.csv", "--max-load", "1")

    assert (checked.code, checked.told["optimal"]) == (1, True)
    assert checked.told["faults"] == ["Affinities that are not those given: A1 – E2."]


@pytest.mark.parametrize("place", range(0, 700, 7))
def test_bytes_that_were_changed_are_told_in_a_line(
    capsys: pytest.CaptureFixture[str], place: int
) -> None:
    np.savez("F.npz", affinity=np.ones((2, 2)), experts=np.array(["a", "b"]))
    content = bytearray(Path("F.npz").read_bytes())
    content[place % len(content)] ^= 99
    Path("F.npz").write_bytes(content)

    made = assign(capsys, "F.npz", "--max-load", "9")

    assert (made.code, made.fault.count("\n")) in ((0, 0), (2, 1))


@pytest.mark.parametrize(
    "content",
    [b"hello", b"\x93NUMPY\x01\x00\x10\x00{'descr':'<f8'   "]
    + [
        b"\x93NUMPY\x01\x00" + len(head).to_bytes(2, "little") + head
        for head in (
            b"{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)}\n",
            b"{'descr': '<f8', 'fortran_order': False, 'shape': (True, 1)}\n",
        )
    ],
)
def test_an_array_that_is_none_is_told(capsys: pytest.CaptureFixture[str], content: bytes) -> None:
    with zipfile.ZipFile("F.npz", "w") as parts:
        parts.writestr("affinity.npy", content)

    made = assign(capsys, "F.npz", "--max-load", "9")

    assert (made.code, made.fault) == (2, "F.npz: it is no .npz file, or a damaged one.\n")


@pytest.mark.parametrize("byte", [99, 255])
def test_a_method_of_packing_that_is_unknown_is_told(
    capsys: pytest.CaptureFixture[str], byte: int
) -> None:
    np.savez("F.npz", affinity=np.ones((2, 2)))
    content = bytearray(Path("F.npz").read_bytes())
    content[content.index(b"PK\x01\x02") + 10] = byte
    Path("F.npz").write_bytes(content)

    made = assign(capsys, "F.npz", "--max-load", "9")

    assert (made.code, made.fault) == (2, "F.npz: it is no .npz file, or a damaged one.\n")


def test_conflicts_may_be_noughts_and_ones(capsys: pytest.CaptureFixture[str]) -> None:
    np.savez("F.npz", affinity=np.array([[5, 1]]), conflict=np.array([[1, 0]]))

    assert assign(capsys, "F.npz", "--max-load", "3").told["objective"] == 1


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
