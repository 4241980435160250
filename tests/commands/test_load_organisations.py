"""`sinergia load organisations` from the terminal: what it prints, how it leaves."""

import csv
import json
import signal
import time
from pathlib import Path

import pytest

from tests.commands.installation import Installation
from tests.organisations.register_files import a_csv, a_row, a_workbook

KEYS = ["rows", "created", "updated", "unchanged", "queued", "refused", "seconds"]


@pytest.fixture
def with_regions(prepared: Installation, tmp_path: Path) -> Installation:
    """An installation that knows two regions."""
    regions = tmp_path / "regions.csv"
    lines = ["code,name_ru,name_en", "XA-SVB,Светлоборская область,Svetly Bor Oblast"]
    lines += ["XB-YAR,Ярогорский край,Yarogorsk Krai"]
    regions.write_text("\n".join(lines), encoding="utf-8")
    done = prepared.run("load", "regions", str(regions))
    assert done.returncode == 0, done.stderr
    return prepared


def load(at: Installation, path: Path, *more: str) -> dict[str, int]:
    """Load with JSON and give the six counts."""
    done = at.run("load", "organisations", str(path), "--format", "json", *more)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert list(said) == KEYS
    assert sum(said[name] for name in KEYS[1:6]) == said["rows"]
    return {name: said[name] for name in KEYS[:6]}


def test_the_json_has_these_keys_and_a_second_load_changes_nothing(
    with_regions: Installation, tmp_path: Path
) -> None:
    nobody: dict[str, object] = dict.fromkeys(a_row(1), "")
    nobody["status"] = "Действующая"
    rows = [a_row(1), a_row(2), a_row(3, ogrn="", inn=""), nobody]
    path = a_csv(tmp_path / "f.csv", rows)

    tried = load(with_regions, path, "--dry-run")
    first, second = load(with_regions, path), load(with_regions, path)

    expected = {
        "rows": 4, "created": 2, "updated": 0, "unchanged": 0, "queued": 1, "refused": 1,
    }  # fmt: skip
    assert tried == first == expected
    assert second == expected | {"created": 0, "unchanged": 2}


def test_a_second_layout_never_passes_for_a_newer_version_of_the_first(
    with_regions: Installation, tmp_path: Path
) -> None:
    first = a_csv(tmp_path / "list.csv", [a_row(1)])
    other = tmp_path / "list_2.csv"
    other.write_text(f"ОГРН,Веб-сайт\n{a_row(1)['ogrn']},other.example\n", encoding="utf-8")

    assert load(with_regions, first)["created"] == 1
    assert load(with_regions, other)["queued"] == 1
    assert load(with_regions, first, "--source", "mine")["unchanged"] == 1

    told = with_regions.run("load", "organisations", str(other), "--lang", "en")
    assert (told.returncode, told.stdout.splitlines()[0][:13]) == (0, "Source: list-")


def test_of_our_own_table_it_is_said_where_its_list_comes_from(
    with_regions: Installation, tmp_path: Path
) -> None:
    ours = tmp_path / "spisok.csv"
    row = a_row(1)
    ours.write_text(f"ОГРН,Полное название\n{row['ogrn']},Дом\n", encoding="utf-8")

    silent = with_regions.run("load", "organisations", str(ours), "--lang", "en")

    assert (silent.returncode, silent.stdout) == (1, "")
    assert "say with --source where its list comes from" in silent.stderr
    assert load(with_regions, ours, "--source", "chamber")["created"] == 1
    assert load(with_regions, ours, "--source", "ministry")["unchanged"] == 1


def test_only_the_known_are_brought_up_to_date_where_that_is_asked(
    with_regions: Installation, tmp_path: Path
) -> None:
    load(with_regions, a_csv(tmp_path / "f.csv", [a_row(1, site="")]))
    sites = a_workbook(tmp_path / "sites.xlsx", [a_row(1), a_row(2)])

    counts = load(with_regions, sites, "--known-only", "--source", "sites")

    assert (counts["updated"], counts["created"], counts["refused"]) == (1, 0, 1)


def test_columns_and_the_region_are_told_by_hand(
    with_regions: Installation, tmp_path: Path
) -> None:
    path = tmp_path / "odd.csv"
    row = a_row(1)
    text = f"Код;Кто;ИНН;Сайт\n{row['ogrn']};Дом;{row['inn']};dom.example\n"
    path.write_text(text, encoding="cp1251")
    told = ("--map", "ogrn=Код", "--map", "name=B", "--region", "Ярогорский край")

    assert load(with_regions, path, *told)["created"] == 1
    missed = with_regions.run("load", "organisations", str(path), "--region", "Нет такой")
    assert (missed.returncode, "Нет такой" in missed.stderr) == (1, True)
    wrong = with_regions.run("load", "organisations", str(path), "--map", "asked=B")
    assert (wrong.returncode, "ogrn, inn, kpp" in wrong.stderr) == (2, True)


def test_the_report_names_every_row_that_changed_or_needs_a_look(
    with_regions: Installation, tmp_path: Path
) -> None:
    load(with_regions, a_csv(tmp_path / "f.csv", [a_row(1), a_row(2)]), "--source", "s")
    rows = [a_row(1, status="Ликвидируется"), a_row(2, inn="=1+1"), a_row(3, ogrn="", inn="")]
    report = tmp_path / "out.csv"

    load(with_regions, a_csv(tmp_path / "g.csv", rows), "--source", "s", "--report", str(report))

    with report.open(encoding="utf-8-sig", newline="") as file:
        said = [(row[0], row[3], row[5]) for row in list(csv.reader(file))[1:]]
    assert said == [
        ("2", "field_status", "Active → Being closed"),
        ("3", "id_unreadable", "'=1+1"),
        ("4", "ids_missing", str(a_row(3)["name"])),
    ]


def test_a_file_without_anybody_is_told_in_one_line(
    with_regions: Installation, tmp_path: Path
) -> None:
    (tmp_path / "empty.csv").touch()
    (tmp_path / "other.csv").write_text("Имя,Возраст\nАнна,5\n", encoding="utf-8")
    a_csv(tmp_path / "heads.csv", [])

    for name in ("empty", "other", "heads", "missing"):
        done = with_regions.run("load", "organisations", str(tmp_path / f"{name}.csv"))

        assert (name, done.returncode, done.stdout) == (name, 1, "")
        assert len(done.stderr.splitlines()) == 1, done.stderr


def test_wrong_use_is_told_with_two(with_regions: Installation, tmp_path: Path) -> None:
    path = str(a_csv(tmp_path / "f.csv", [a_row(1)]))
    for words in (
        ("--source", "two words"),
        ("--lang", "de"),
        ("--format", "xml"),
        ("--fund", "F"),
    ):
        done = with_regions.run("load", "organisations", path, *words)

        assert (words, done.returncode) == (words, 2)


@pytest.mark.slow
def test_a_load_killed_in_the_middle_is_finished_by_the_same_command(
    with_regions: Installation, tmp_path: Path
) -> None:
    path = a_csv(tmp_path / "f.csv", [a_row(place) for place in range(1, 60_001)])
    running = with_regions.start("load", "organisations", str(path), "--format", "json")
    time.sleep(6)
    running.send_signal(signal.SIGKILL)
    running.communicate()

    assert load(with_regions, path)["created"] == 60_000
    assert load(with_regions, path)["unchanged"] == 60_000
