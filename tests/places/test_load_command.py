import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sinergia.command import answer
from sinergia.people.models import Person
from sinergia.places.models import Indicator, Region
from tests.arrange import a_region
from tests.places.files import a_feature, a_map, a_region_row, a_table, an_indicator_row

pytestmark = pytest.mark.django_db

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Type a command; get its exit code and what it printed on both sides."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # a command sets its own

    def typed(*words: object) -> tuple[int, str, str]:
        code = answer(["load", *map(str, words)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return typed


def test_a_load_is_counted_for_a_program(run: Run, tmp_path: Path) -> None:
    file = a_table(tmp_path / "regions.csv", a_region_row(), a_region_row("nonsense"))

    code, out, err = run("regions", file, "--format", "json")

    counts = json.loads(out)
    assert counts.pop("seconds") >= 0
    assert (code, counts) == (
        0,
        {"rows": 2, "created": 1, "updated": 0, "unchanged": 0, "refused": 1},
    )
    assert err.count("\n") == 1
    assert "3" in err
    assert "NONSENSE" in err
    assert Person.objects.get().machine == "command"


def test_a_load_is_told_to_a_person(run: Run, tmp_path: Path) -> None:
    a_region()
    file = a_map(tmp_path / "map.geojson", [a_feature("XA-SVB")])

    code, out, err = run("geometry", file)

    assert (code, err) == (0, "")
    assert out.splitlines()[1:] == [
        "  создано: 1",
        "  изменено: 0",
        "  без изменений: 0",
        "  отклонено: 0",
    ]


def test_a_dry_run_changes_nothing(run: Run, tmp_path: Path) -> None:
    a_region()
    file = a_table(tmp_path / "figures.csv", an_indicator_row())

    code, out, _ = run("indicators", file, "--dry-run", "--format", "json")

    assert (code, json.loads(out)["created"]) == (0, 1)
    assert not Indicator.objects.exists()


def test_where_every_row_is_refused_the_load_has_failed(run: Run, tmp_path: Path) -> None:
    file = a_table(tmp_path / "figures.csv", an_indicator_row("Тмутаракань"))

    code, out, _ = run("indicators", file, "--format", "json")

    assert (code, json.loads(out)["refused"]) == (1, 1)


@pytest.mark.parametrize("kind", ["regions", "municipalities", "geometry", "indicators"])
@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 cut off", b"\x00" * 4_000, "нет,таблицы\n".encode(), b"{}"]
)
def test_a_file_that_cannot_be_used_is_told_in_one_line(
    run: Run, tmp_path: Path, kind: str, content: bytes
) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)

    code, out, err = run(kind, file)

    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(str(file))
    assert not Region.objects.exists()


@pytest.mark.parametrize("kind", ["regions", "municipalities", "geometry", "indicators"])
@pytest.mark.parametrize("name", ["nowhere.csv", "."])
def test_a_file_that_is_not_there_is_told_in_one_line(
    run: Run, tmp_path: Path, kind: str, name: str
) -> None:
    code, out, err = run(kind, tmp_path / name)

    assert (code, out, err.count("\n")) == (1, "", 1)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["planets"],
        ["regions"],
        ["regions", "a.csv", "b.csv"],
        ["regions", "a.csv", "--fund", "X"],
        ["regions", "a.csv", "--format", "yaml"],
        ["indicators", "a.csv", "--dry-run=1"],
        ["grants", "a.csv"],
        ["grants", "a.csv", "--fund", "X", "--map", "number"],
        ["grants", "a.csv", "--fund", "X", "--lang", "de"],
    ],
)
def test_bad_use_is_told_in_one_line(run: Run, words: list[str]) -> None:
    code, out, err = run(*words)

    assert (code, out, err.count("\n")) == (2, "", 1)
