"""An archive is verified by the command alone, without an installation."""

import json
from pathlib import Path

import pytest

from sinergia.command import answer
from sinergia.engine.bundle import pack
from tests.engine.test_bundle import FILES, PACKED


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SINERGIA_LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)


def verified(content: bytes, *more: str) -> int:
    Path("B.zip").write_bytes(content)
    return answer(["verify", "B.zip", *more])


def test_a_right_archive_agrees(capsys: pytest.CaptureFixture[str]) -> None:
    assert verified(PACKED.content, "--root", PACKED.root.upper()) == 0
    told = capsys.readouterr()
    assert told.out == (f"Everything agrees. Applications: 5, sheets: 8, root: {PACKED.root}\n")
    assert told.err == ""


def test_each_fault_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    ranking = FILES["ranking.csv"].replace(b"A-001,85", b"A-001,86")

    code = verified(pack({**FILES, "ranking.csv": ranking}).content, "--root", PACKED.root)

    assert code == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "B.zip: the root is not the one that was published"
    assert lines[1] == "B.zip: A-001: preliminary is 86, counted anew it is 85"
    assert len(lines) == 2


def test_it_can_be_read_by_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert verified(b"no", "--format", "json") == 1
    assert json.loads(capsys.readouterr().out)["faults"] == [
        "this is no archive of a contest, or it is torn"
    ]


def test_a_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(["verify", "nothing.zip"]) == 2
    assert "nothing.zip" in capsys.readouterr().err


def test_it_speaks_russian_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SINERGIA_LANGUAGE", "ru")

    assert verified(b"no") == 1
    assert capsys.readouterr().err.startswith("B.zip: ")
