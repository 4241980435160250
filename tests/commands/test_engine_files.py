import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from tests.commands.engine_run import AFFINITIES, assign, check


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SINERGIA_LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)
    Path("A.csv").write_text(AFFINITIES, encoding="utf-8")


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
