import json
from pathlib import Path

import pytest

from sinergia.command import answer
from sinergia.packs.rules import reading
from tests.engine.test_readiness import READY


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SINERGIA_LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)


def written(values: dict[str, str], **more: object) -> str:
    content = {"schema": "project/1", "values": values, **more}
    Path("P.json").write_text(json.dumps(content), encoding="utf-8")
    return "P.json"


def test_a_ready_project_is_ready(capsys: pytest.CaptureFixture[str]) -> None:
    code = answer(["engine", "check", written(READY), "--pack", "regional"])

    assert (code, capsys.readouterr().out) == (0, "Ready to be handed in.\n")


def test_three_things_matter_now_and_the_rest_follows(capsys: pytest.CaptureFixture[str]) -> None:
    values = READY | {"summary": "", "problem": "", "title": "«Река» " + "я" * 300}
    values |= {"lines/aaaaaa/own": "0"}

    code = answer(["engine", "check", written(values), "--pack", "regional"])

    assert code == 1
    assert capsys.readouterr().out == (
        "Matters now: 3\n"
        "  lines: One's own part is RUB\xa00, and the rules ask for RUB\xa0900 at least.\n"
        "  summary: Nothing is written here yet.\n"
        "  problem: Nothing is written here yet.\n"
        "\n"
        "Hinders, too: 1\n"
        "  title: Longer than the rules allow: 307 of 300 characters.\n"
        "\n"
        "Advice, not a demand of the rules: 1\n"
        "  title: A title begins without a quotation mark.\n"
    )


def test_the_same_comes_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    path = written(READY | {"summary": ""})

    code = answer(["engine", "check", path, "--pack", "regional", "--format", "json"])

    assert code == 1
    assert json.loads(capsys.readouterr().out) == {
        "ready": False,
        "blocking": [
            {
                "code": "field.missing",
                "path": "summary",
                "values": {},
                "text": "Nothing is written here yet.",
            }
        ],
        "advice": [],
    }


def test_the_applicant_the_files_and_the_deadline_count_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    applicant = {"head_until": "2020-01-01", "status": "closed"}
    path = written(READY, applicant=applicant, files={}, closes_at="2020-02-01T12:00:00Z")

    code = answer(["engine", "check", path, "--pack", "regional", "--format", "json"])

    told = json.loads(capsys.readouterr().out)
    assert code == 1
    assert [gap["code"] for gap in told["blocking"]] == [
        "call.closed",
        "applicant.ended",
        "applicant.head_term",
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("{", "P.json: it is no JSON of a project."),
        ("[]", "P.json: it is no JSON of a project."),
        ('{"values": {"title": "a", "title": "b"}}', "“title” stands in the file twice."),
        ("[" * 100_000, "P.json: it is no JSON of a project."),
        ('{"schema": "project/1"}', "P.json: “values” cannot be read: Field required."),
        ('{"schema": "project/9", "values": {}}', "P.json: “schema” cannot be read"),
        (
            '{"schema": "project/1", "values": {"title": 5}}',
            "P.json: “values/title” cannot be read: Input should be a valid string.",
        ),
        (
            '{"schema": "project/1", "values": {}, "closes_at": "2030-01-01T12:00:00"}',
            "P.json: “closes_at” cannot be read: Input should have timezone info.",
        ),
        (
            '{"schema": "project/1", "values": {}, "closes_at": "2020-02-01"}',
            "P.json: “closes_at” cannot be read: Input should have timezone info.",
        ),
        (
            '{"schema": "project/1", "values": {"sumary": "x"}}',
            "P.json: a project has no “sumary”.",
        ),
        (
            '{"schema": "project/1", "values": {"lines/2/price": "90000000"}}',
            "P.json: “lines/2/price”: the id of a row is 6 to 32 signs of 0–9 and a–f.",
        ),
        (
            '{"schema": "project/1", "values": {"lines/aaaaaa/cost": "90000000"}}',
            "P.json: a project has no “lines/aaaaaa/cost”.",
        ),
        (
            '{"schema": "project/1", "values": {}, "more": 1}',
            "P.json: “more” cannot be read: Extra inputs are not permitted.",
        ),
    ],
)
def test_a_file_that_holds_no_project_is_told_in_a_line(
    capsys: pytest.CaptureFixture[str], content: str, fault: str
) -> None:
    Path("P.json").write_text(content)

    code = answer(["engine", "check", "P.json", "--pack", "regional"])

    told = capsys.readouterr().err
    assert code == 2
    assert told.startswith(fault)
    assert told.count("\n") == 1


def test_rules_that_cannot_be_used_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path("R.toml").write_text('schema = "other"')

    codes = [answer(["engine", "check", written(READY), "--pack", p]) for p in ("R.toml", "no")]

    assert codes == [2, 2]
    assert capsys.readouterr().err == (
        "R.toml: faults in the rules: 1. See: sinergia pack check\nno: No such file or directory\n"
    )


def test_rules_with_a_byte_order_mark_are_read() -> None:
    text = Path(reading.__file__).with_name("shipped").joinpath("regional.toml").read_text("utf-8")
    Path("R.toml").write_text(text, encoding="utf-8-sig")

    assert answer(["engine", "check", written(READY), "--pack", "R.toml"]) == 0
