import json
from pathlib import Path

import pytest

from sinergia.command import answer
from sinergia.packs.rules import reading

REGIONAL = Path(reading.__file__).parent / "shipped" / "regional.toml"


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SINERGIA_LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)


def test_right_rules_are_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    code = answer(["pack", "check", str(REGIONAL)])

    assert code == 0
    assert capsys.readouterr().out == (
        "regional: in order. Directions: 7, sizes: 3, criteria: 10.\n"
    )


def test_every_fault_is_told_with_its_place_and_reason(capsys: pytest.CaptureFixture[str]) -> None:
    text = REGIONAL.read_text(encoding="utf-8")
    text = text.replace("weights = { s = 2.5,", "weights = { s = 2,").replace(
        "line = 62.5", "line = 700"
    )
    Path("my.toml").write_text(text, encoding="utf-8")

    code = answer(["pack", "check", "my.toml"])

    told = capsys.readouterr().out.splitlines()
    assert code == 1
    assert [line.partition(": ")[2] for line in told] == [
        "scoring.criteria: the weights of category “s” times the greatest score come to 95, "
        "not to 100",
        "selection: no rating comes to 700",
    ]
    assert all(line.startswith("my.toml:") for line in told)


def test_faults_come_as_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    Path("my.toml").write_text('schema = "other"', encoding="utf-8")

    code = answer(["pack", "check", "my.toml", "--format", "json"])

    assert code == 1
    assert json.loads(capsys.readouterr().out) == {
        "code": None,
        "faults": [
            {
                "place": "schema",
                "line": 0,
                "code": "schema",
                "text": "“other” is no kind of rules that is known here",
            }
        ],
    }


def test_rules_are_shown_by_name_or_from_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(["pack", "show", "regional"]) == 0
    by_name = capsys.readouterr().out
    assert answer(["pack", "show", str(REGIONAL)]) == 0

    assert capsys.readouterr().out == by_name
    assert "  relevance                                2.5   1.5     1\n" in by_name
    assert "Hidden from experts: –\n" in by_name


def test_all_that_come_along_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(["pack", "show", "--lang", "ru"]) == 0

    assert capsys.readouterr().out.splitlines()[2] == (
        "presidential-2026   Президентские гранты, первый конкурс 2026 года"
    )


def test_the_json_of_rules_is_theirs_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(["pack", "show", "generic", "--format", "json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["schema"], told["review"]["experts"]) == ("sinergia-rules/1", 3)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["show", "regionel"], "There are no rules “regionel” here. Did you mean regional?"),
        (["check", "none.toml"], "none.toml: No such file or directory"),
        (["check", "."], ".: Is a directory"),
        (["check", "bin.toml"], "bin.toml: it is no text in UTF-8."),
    ],
)
def test_what_is_not_there_is_told_in_a_line(
    capsys: pytest.CaptureFixture[str], words: list[str], fault: str
) -> None:
    Path("bin.toml").write_bytes(b"\xff\xfe\x00")

    assert answer(["pack", *words]) == 2
    assert capsys.readouterr().err == fault + "\n"


def test_a_byte_order_mark_is_passed_over(capsys: pytest.CaptureFixture[str]) -> None:
    Path("my.toml").write_text(REGIONAL.read_text(encoding="utf-8"), encoding="utf-8-sig")

    assert answer(["pack", "check", "my.toml"]) == 0


def test_a_number_too_long_to_be_read_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path("my.toml").write_text(f"most_months = {'9' * 5_000}", encoding="utf-8")

    assert answer(["pack", "check", "my.toml"]) == 1
    assert capsys.readouterr().out.count("\n") == 1
