"""`sinergia load grants` from the terminal: what it prints, how it leaves, what it survives."""

import csv
import json
import signal
import time
import zipfile
from pathlib import Path

import pytest

from tests.applications.files import HEAD, a_csv, a_row, a_workbook
from tests.commands.installation import Installation

KEYS = ["rows", "created", "updated", "unchanged", "queued", "refused", "seconds"]


@pytest.fixture
def with_region(prepared: Installation, tmp_path: Path) -> Installation:
    """An installation that knows one region."""
    regions = tmp_path / "regions.csv"
    regions.write_text(
        "code,name_ru,name_en\nXA-SVB,Светлоборская область,Svetly Bor Oblast\n", encoding="utf-8"
    )
    done = prepared.run("load", "regions", str(regions))
    assert done.returncode == 0, done.stderr
    return prepared


def load(at: Installation, path: Path, *more: str) -> dict[str, int]:
    """Load with JSON and give the six counts."""
    done = at.run("load", "grants", str(path), "--fund", "FUND1", "--format", "json", *more)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert list(said) == KEYS
    assert sum(said[name] for name in KEYS[1:6]) == said["rows"]
    return {name: said[name] for name in KEYS[:6]}


def test_the_json_has_these_keys_and_a_second_load_changes_nothing(
    with_region: Installation, tmp_path: Path
) -> None:
    rows = [a_row(1), a_row(2), a_row(3, ogrn="", inn=""), a_row(4, number="")]
    path = a_csv(tmp_path / "f.csv", rows)

    tried = load(with_region, path, "--dry-run")
    first, second = load(with_region, path), load(with_region, path)

    expected = {
        "rows": 4, "created": 2, "updated": 0, "unchanged": 0, "queued": 1, "refused": 1,
    }  # fmt: skip
    assert tried == first == expected
    assert second == expected | {"created": 0, "unchanged": 2}


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("cp1251", ";"), ("utf-8-sig", ","), ("utf-16", "\t"), ("utf-8", ";")],
)
def test_any_dress_of_a_csv_is_read(
    with_region: Installation, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    path = a_csv(tmp_path / "f.csv", [a_row(1), a_row(2)], encoding=encoding, delimiter=delimiter)

    assert load(with_region, path)["created"] == 2


def test_columns_are_told_by_hand_and_remembered_by_nobody_else(
    with_region: Installation, tmp_path: Path
) -> None:
    path = tmp_path / "f.csv"
    names = {**{code: f"x{n}" for n, code in enumerate(HEAD)}, "organisation": "Организация"}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([names[code] for code in HEAD] + ["Регион"])
        writer.writerow([*(a_row(1)[code] for code in HEAD), "Светлоборская область"])
    told = ("number", "title", "ogrn", "status", "awarded", "asked")
    flags = [word for code in told for word in ("--map", f"{code}={names[code]}")]

    assert load(with_region, path, *flags)["created"] == 1


def test_the_report_names_every_row_that_needs_a_look(
    with_region: Installation, tmp_path: Path
) -> None:
    rows = [a_row(1), a_row(2, ogrn="", inn=""), a_row(3, asked="=1+1"), a_row(4, status="новое")]
    report = tmp_path / "out.csv"

    load(with_region, a_csv(tmp_path / "f.csv", rows), "--report", str(report))

    with report.open(encoding="utf-8-sig", newline="") as file:
        said = [(row[0], row[3], row[5]) for row in list(csv.reader(file))[1:]]
    assert ("3", "ids_missing", "") in said
    assert ("4", "money_number", "'=1+1") in said
    assert ("5", "status_unknown", "новое") in said


def test_a_file_of_refused_rows_alone_fails_and_says_why(
    with_region: Installation, tmp_path: Path
) -> None:
    path = a_csv(tmp_path / "f.csv", [a_row(1, number=""), a_row(2, number="")])

    done = with_region.run("load", "grants", str(path), "--fund", "F", "--format", "json")

    assert (done.returncode, json.loads(done.stdout)["refused"]) == (1, 2)


def unfit_files(folder: Path) -> dict[str, Path]:
    """Files nobody can load, each made by what is wrong with it."""
    whole = a_workbook(folder / "whole.xlsx", [a_row(1)])
    made = {name: folder / f"{name}.xlsx" for name in ("empty", "cut", "locked", "bomb", "huge")}
    made["empty"].touch()
    made["cut"].write_bytes(whole.read_bytes()[:3000])
    made["locked"].write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 4096)
    with zipfile.ZipFile(made["bomb"], "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 600_000_000)
    with made["huge"].open("wb") as file:
        file.truncate(1_000_000_000)
    made["binary"] = folder / "binary.csv"
    made["binary"].write_bytes(bytes(range(256)) * 64)
    made["heads"] = a_csv(folder / "heads.csv", [])
    return made


def test_a_file_that_is_none_is_told_in_one_line(with_region: Installation, tmp_path: Path) -> None:
    for name, path in unfit_files(tmp_path).items():
        begun = time.monotonic()
        done = with_region.run("load", "grants", str(path), "--fund", "F")

        assert (name, done.returncode, done.stdout) == (name, 1, "")
        assert len(done.stderr.splitlines()) == 1, done.stderr
        assert str(path) in done.stderr
        assert "Traceback" not in done.stderr
        assert time.monotonic() - begun < 20


@pytest.mark.slow
def test_a_load_killed_in_the_middle_is_finished_by_the_same_command(
    with_region: Installation, tmp_path: Path
) -> None:
    path = a_csv(tmp_path / "f.csv", [a_row(place) for place in range(1, 12_001)])
    words = ("load", "grants", str(path), "--fund", "FUND1", "--format", "json")
    running = with_region.start(*words)
    time.sleep(4)
    running.send_signal(signal.SIGKILL)
    running.communicate()

    assert load(with_region, path)["created"] == 12_000
    assert load(with_region, path)["unchanged"] == 12_000


@pytest.mark.slow
def test_two_loads_at_once_wait_for_each_other(with_region: Installation, tmp_path: Path) -> None:
    path = a_csv(tmp_path / "f.csv", [a_row(place) for place in range(1, 3_001)])
    words = ("load", "grants", str(path), "--fund", "FUND1", "--format", "json")

    both = [with_region.start(*words), with_region.start(*words)]
    outputs = [one.communicate(timeout=120)[0] for one in both]

    assert [one.returncode for one in both] == [0, 0], outputs
    assert load(with_region, path)["unchanged"] == 3_000
