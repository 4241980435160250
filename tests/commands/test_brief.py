import json
import sys

import pytest

from sinergia.calls.models import Outcome
from sinergia.web.commands import terminal
from tests.arrange import a_fund, a_region, an_organisation
from tests.insights.arrange_region import LAKH, a_counted_region, a_row

pytestmark = pytest.mark.django_db

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def kept_hook(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command sets a hook of its own for the process it runs in."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)


def test_the_json_has_these_keys_and_no_others(capsys: Said) -> None:
    a_counted_region()

    code = terminal.run("brief", ["--region", "XA-SVB", "--fund", "fund-1", "--format", "json"])

    assert code == 0
    assert json.loads(capsys.readouterr().out) == {
        "region": "XA-SVB",
        "fund": "fund-1",
        "submitted": 10,
        "organisations": 3,
        "won": 5,
        "awarded_minor": 7 * LAKH + 50,
        "currency": "RUB",
        "awaiting": 0,
        "sentence": "За время существования Фонда жителями области было подано 10 проектов, "
        "5 из них стали победителями, сумма поддержки составила 700\u00a0000 рублей 50 копеек",
        "by_year": [
            {"year": 2022, "submitted": 2, "won": 1, "awarded_minor": LAKH},
            {"year": 2023, "submitted": 3, "won": 2, "awarded_minor": 5 * LAKH},
            {"year": 2024, "submitted": 4, "won": 1, "awarded_minor": 50},
            {"year": None, "submitted": 1, "won": 1, "awarded_minor": LAKH},
        ],
    }


def test_a_region_is_named_by_code_or_name_and_a_fund_in_any_case(capsys: Said) -> None:
    a_counted_region()

    told = []
    for name in ("XA-SVB", "xa-svb", "Светлоборская область", "Region XA-SVB"):
        assert terminal.run("brief", ["--region", name, "--fund", "FUND-2"]) == 0
        told.append(capsys.readouterr().out)

    assert len(set(told)) == 1


def test_the_text_is_the_sentence_and_the_years(capsys: Said) -> None:
    a_counted_region()

    terminal.run("brief", ["--region", "XA-SVB", "--fund", "fund-2", "--lang", "en"])

    assert capsys.readouterr().out.replace("\u00a0", " ").splitlines() == [
        "Region XA-SVB",
        "Applications to contests: Fund fund-2, 2024",
        "",
        "Over the lifetime of the Fund, residents of the region submitted 2 projects; "
        "none of them has won yet.",
        "",
        "Year of the contest  Submitted  Won  Share of winners  Sum of support",
        "2024                         2    0            0 of 2           RUB 0",
        "Total                        2    0            0 of 2           RUB 0",
        "",
        "1 row awaits a person.",
    ]


def test_one_year_is_counted_alone(capsys: Said) -> None:
    a_counted_region()

    terminal.run("brief", ["--region", "XA-SVB", "--year", "2022", "--format", "json"])

    told = json.loads(capsys.readouterr().out)
    assert (told["submitted"], told["fund"], [one["year"] for one in told["by_year"]]) == (
        2,
        None,
        [2022],
    )


def test_a_region_at_zero_is_zeros(capsys: Said) -> None:
    a_region()
    a_fund("eu", currency="EUR")

    plain = terminal.run("brief", ["--region", "XA-SVB", "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    text = terminal.run("brief", ["--region", "XA-SVB", "--fund", "eu", "--format", "text"])

    assert (plain, text) == (0, 0)
    assert (told["submitted"], told["currency"], told["by_year"]) == (0, None, [])


def test_several_currencies_are_told_in_blocks_and_refused_as_json(capsys: Said) -> None:
    euro = a_fund("eu", currency="EUR")
    for fund in (a_fund(), euro):
        a_row(
            2024,
            Outcome.WON,
            organisation=an_organisation(),
            fund=fund,
            awarded_minor=100,
        )

    text = terminal.run("brief", ["--region", "XA-SVB"])
    told = capsys.readouterr().out
    refused = terminal.run("brief", ["--region", "XA-SVB", "--format", "json"])
    fault = capsys.readouterr()

    assert (text, told.count("(EUR)"), told.count("(RUB)")) == (0, 1, 1)
    assert (refused, fault.out, fault.err.count("\n")) == (2, "", 1)
    assert "--fund" in fault.err
    one = ["--region", "XA-SVB", "--format", "json", "--fund", "eu"]
    assert terminal.run("brief", one) == 0


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--region", "XA-SVG"], "XA-SVB"),
        (["--region", "Светлоборскя область"], "Светлоборская область"),
        (["--region", "Атлантида"], "Атлантида"),
        (["--region", "a\x00\nb"], "a??b"),
        (["--region", "XA-SVB", "--fund", "fund-9"], "fund-"),
        (["--region", "XA-SVB", "--year", "2025"], "2024"),
        (["--region", "XA-SVB", "--year", "24"], "24"),
        (["--region", "XA-SVB", "--year", "²⁰²⁴"], "²⁰²⁴"),
    ],
)
def test_what_is_not_known_is_said_in_one_line_with_what_is_near(
    capsys: Said, words: list[str], named: str
) -> None:
    a_counted_region()

    code = terminal.run("brief", words)
    told = capsys.readouterr()

    assert (code, told.out, told.err.count("\n")) == (2, "", 1)
    assert named in told.err
