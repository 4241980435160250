"""The sheet of an expert, and what the rules hide from it."""

from decimal import Decimal

import pytest

from sinergia.engine.blind import neutral_name, shown_rules, shown_texts
from sinergia.engine.sheet import Subject, is_on, read_sheet, steps_of
from sinergia.packs.rules import Rules, shipped
from sinergia.packs.rules.fields import OF_APPLICANT
from sinergia.packs.rules.schema import Scale

REGIONAL = shipped()["regional"]
SMALL = Subject(REGIONAL, "s", 10_000_000)
WHOLE = {f"scores/{code}": "8" for code in SMALL.weights} | {
    "strong": "Сильная команда",
    "lowers": "Мало людей",
    "mend": "Назвать источник",
    "recommendation": "support",
}


def codes(subject: Subject, **changes: str) -> list[tuple[str, str]]:
    texts = WHOLE | {name.replace("__", "/"): text for name, text in changes.items()}
    filled = read_sheet(texts, subject)
    return [(gap.code, gap.path) for gap in [*filled.faults, *filled.missing]]


def test_a_criterion_that_weighs_nothing_in_the_category_has_no_place_in_the_sheet() -> None:
    large = Subject(REGIONAL, "l", 10_000_000)

    assert SMALL.fields.parse("scores/scale") is None
    assert SMALL.fields.parse("comments/scale") is None
    assert large.fields.parse("scores/scale") is not None


def test_a_whole_sheet_comes_to_its_rating_and_nothing_hinders() -> None:
    filled = read_sheet(WHOLE, SMALL)

    assert (filled.rating, filled.faults, filled.missing) == (Decimal("80.00"), [], [])


def test_an_empty_sheet_says_everything_that_is_missing_at_once() -> None:
    filled = read_sheet({}, SMALL)

    assert filled.rating is None
    assert [gap.path for gap in filled.missing] == [
        *(f"scores/{code}" for code in SMALL.weights),
        *("strong", "lowers", "mend", "recommendation"),
    ]


@pytest.mark.parametrize("typed", ["11", "-1", "7,5", "восемь", "1e1", "99999999999999999999"])
def test_a_score_outside_the_scale_is_a_fault_and_counts_nothing(typed: str) -> None:
    assert codes(SMALL, scores__team=typed) == [("sheet.off_scale", "scores/team")]
    assert read_sheet(WHOLE | {"scores/team": typed}, SMALL).rating == Decimal("72.00")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("100000", []),
        ("0", []),
        ("", []),
        ("100000,01", ["sheet.sum_above"]),
        ("-1", ["sheet.sum_negative"]),
        ("сколько дадут", ["sheet.sum_unreadable"]),
        ("500 $", ["sheet.sum_unreadable"]),
    ],
)
def test_a_proposed_sum_is_never_above_what_is_asked_nor_below_nought(
    typed: str, found: list[str]
) -> None:
    assert [code for code, _path in codes(SMALL, sum=typed)] == found


def test_a_smaller_sum_that_is_recommended_has_to_be_said() -> None:
    assert codes(SMALL, recommendation="less") == [("sheet.no_sum", "sum")]
    assert codes(SMALL, recommendation="less", sum="50 000") == []
    assert codes(SMALL, recommendation="give") == [
        ("sheet.no_such_recommendation", "recommendation")
    ]


def test_where_the_budget_is_hidden_no_sum_is_asked_for() -> None:
    review = REGIONAL.review.model_copy(update={"blind": ("lines",)})
    subject = Subject(REGIONAL.model_copy(update={"review": review}), "s", 10_000_000)

    assert subject.fields.parse("sum") is None
    assert subject.recommendations == ("support", "refuse")
    assert read_sheet(WHOLE | {"sum": "999999999"}, subject).faults == []


def test_a_scale_offers_its_scores_unless_they_are_too_many() -> None:
    halves = Scale(least=Decimal(1), most=Decimal(3), step=Decimal("0.5"))
    fine = Scale(least=Decimal(0), most=Decimal(100), step=Decimal("0.5"))

    assert steps_of(halves) == [Decimal(one) for one in ("1.0", "1.5", "2.0", "2.5", "3.0")]
    assert steps_of(fine) == []
    assert [is_on(halves, Decimal(one)) for one in ("0.5", "1", "1.25", "3", "3.5")] == [
        *(False, True, False, True, False)
    ]


def test_hidden_fields_are_gone_with_their_rows_files_and_with_what_names_them() -> None:
    values = {
        "title": "Двор",
        "team/aaaaaa/name": "Петров",
        "files/letters/7": "abc Письмо Петрова.pdf",
        "applicant/name": "АНО",
        "applicant/inn": "1",
        "tasks/bbbbbb/text": "Собрать",
        "events/cccccc/task": "bbbbbb",
        "events/cccccc/what": "Встреча",
    }

    assert shown_texts(values, ("applicant", "team", "letters", "tasks")) == {
        "title": "Двор",
        "events/cccccc/what": "Встреча",
    }
    assert shown_texts(values, ()) == values


def test_no_expert_reads_how_the_head_is_reached_nor_letters_where_the_applicant_is_hidden() -> (
    None
):
    values = {"head/aaaaaa/name": "Иванова", "head/aaaaaa/phone": "+7", "head/aaaaaa/email": "a@b"}
    files = {"files/recommendations/7": "abc Иванова.pdf"}
    rules = shipped()["presidential-2026"]

    assert shown_texts(values | files, ()) == {"head/aaaaaa/name": "Иванова"} | files
    own = {"founders/aaaaaa/name": "Иванов", "income/aaaaaa/sum": "1", "media": "Газета"}
    assert shown_texts(files | own, ("applicant",)) == {}
    assert not shown_rules(shown_blind(rules)).fields.keys() & set(OF_APPLICANT)
    assert not rules.review.blind
    assert (rules.fields["head"].cells or {}).keys() > {"phone", "email", "work"}
    assert not (shown_rules(rules).fields["head"].cells or {}).keys() & {"phone", "email"}


def shown_blind(rules: Rules) -> Rules:
    """Rules that hide the applicant and name nothing more."""
    review = rules.review.model_copy(update={"blind": ("applicant",)})
    return rules.model_copy(update={"review": review})


def test_rules_ask_only_what_may_be_seen() -> None:
    generic = shipped()["generic"]

    shown = shown_rules(generic)

    assert not shown.fields.keys() & set(generic.review.blind)
    assert shown.scoring == generic.scoring


@pytest.mark.parametrize(
    ("name", "neutral"),
    [
        ("Письмо Палаты.PDF", "A-014-letters-2.pdf"),
        ("без точки", "A-014-letters-2"),
        ("устав.Иванов", "A-014-letters-2"),
        ("x.verylongsuffix", "A-014-letters-2"),
    ],
)
def test_a_neutral_name_keeps_nothing_but_the_kind_of_file(name: str, neutral: str) -> None:
    assert neutral_name("A-014", "letters", 2, name) == neutral
