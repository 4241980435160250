from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from sinergia.engine.project import read_document
from sinergia.engine.readiness import (
    Applicant,
    Facts,
    readiness_of,
    sentence_for,
    shown,
)
from sinergia.engine.readiness.sentences import SENTENCES
from sinergia.engine.refusal import Gap
from sinergia.packs.rules import Rules, shipped

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
REGIONAL = shipped()["regional"]

READY = {
    "direction": "family",
    "title": "Завтра у реки",
    "summary": "Занятия у реки для детей.",
    "geography/aaaaaa/place": "Рудный Лог",
    "starts_on": "01.02.2027",
    "ends_on": "30.11.2027",
    "target_groups/aaaaaa/text": "46 семей",
    "problem": "Летом детям нечем заняться.",
    "goals/aaaaaa/text": "Занять детей летом.",
    "tasks/aaaaaa/text": "Провести занятия.",
    "results/aaaaaa/what": "Дети, которые занимались",
    "results/aaaaaa/number": "80",
    "qualitative": "Дети дружат.",
    "information_support": "Пишет районная газета.",
    "development": "Занятия останутся в школе.",
    "resources_later": "Школа даёт помещение.",
    "head/aaaaaa/name": "Яровая Т. И.",
    "team/aaaaaa/name": "Пахомов С. С.",
    "activities": "Работаем с детьми с 2016 года.",
    "events/aaaaaa/what": "Открытие",
    "events/aaaaaa/task": "aaaaaa",
    "events/aaaaaa/starts_on": "10.06.2027",
    "events/aaaaaa/ends_on": "10.06.2027",
    "events/bbbbbb/what": "Занятия",
    "events/bbbbbb/task": "aaaaaa",
    "events/bbbbbb/starts_on": "11.06.2027",
    "events/bbbbbb/ends_on": "20.08.2027",
    "lines/aaaaaa/what": "Педагог",
    "lines/aaaaaa/article": "1.2",
    "lines/aaaaaa/price": "30 000",
    "lines/aaaaaa/quantity": "3",
    "lines/aaaaaa/own": "5 000",
    "lines/aaaaaa/comment": "Три месяца по 30 000.",
}


def gaps(
    changed: Mapping[str, str] | None = None,
    *,
    rules: Rules = REGIONAL,
    facts: Facts | None = None,
) -> list[Gap]:
    """What hinders a ready project after some changes; "" takes a text out."""
    document = read_document(READY | dict(changed or {}), currency="RUB")
    return list(readiness_of(document, rules, facts or Facts()).blocking)


def advice(changed: Mapping[str, str] | None = None) -> list[Gap]:
    document = read_document(READY | dict(changed or {}), currency="RUB")
    return list(readiness_of(document, REGIONAL, Facts()).advice)


def capped(**most: object) -> Rules:
    """The rules with a cap of the first article."""
    articles = tuple(
        one.model_copy(update=most) if one.code == "1" else one for one in REGIONAL.budget.articles
    )
    budget = REGIONAL.budget.model_copy(update={"articles": articles})
    return REGIONAL.model_copy(update={"budget": budget})


def by(applicant: Applicant, *, rules: Rules = REGIONAL) -> list[Gap]:
    return gaps(rules=rules, facts=Facts(closes_on=date(2026, 12, 1), applicant=applicant))


def test_nothing_hinders_a_ready_project() -> None:
    assert gaps() == []
    assert advice() == []


def test_an_empty_project_lacks_what_the_rules_ask_for() -> None:
    found = readiness_of(read_document({}, currency="RUB"), REGIONAL, Facts())

    required = {name for name, rule in REGIONAL.fields.items() if rule.is_required}
    assert {gap.path for gap in found.blocking} == required
    assert found.advice == []
    assert not found.is_ready


@pytest.mark.parametrize(
    ("direction", "topic", "is_other"),
    [
        ("social", "social/1", False),
        ("social", "health/1", True),
        ("social", "social/999", True),
        ("", "social/1", False),
        ("social", "", False),
    ],
)
def test_a_topic_is_one_of_its_direction(direction: str, topic: str, *, is_other: bool) -> None:
    rules = shipped()["presidential-2026"]

    found = gaps({"direction": direction, "topic": topic}, rules=rules)

    assert (Gap("topic.other", "topic") in found) is is_other
    assert Gap("topic.other", "topic") not in gaps({"topic": "health/1"})


@pytest.mark.parametrize(
    ("changed", "gap"),
    [
        ({"title": "  "}, Gap("field.missing", "title")),
        ({"title": "Я" * 301}, Gap("field.long", "title", {"length": 301, "most": 300})),
        (
            {"goals/aaaaaa/text": "Я" * 1001},
            Gap("field.long", "goals/aaaaaa/text", {"length": 1001, "most": 1000}),
        ),
        ({"goals/aaaaaa/text": ""}, Gap("rows.few", "goals", {"count": 0, "least": 1})),
        ({"results/bbbbbb/number": "7"}, Gap("cell.missing", "results/bbbbbb/what")),
        ({"direction": "sea"}, Gap("direction.unknown", "direction")),
        ({"ends_on": "01.01.2027"}, Gap("dates.backwards", "ends_on")),
        ({"ends_on": "01.02.2028"}, Gap("dates.long", "ends_on", {"months": 13, "most": 12})),
        (
            {"events/aaaaaa/starts_on": "31.01.2027"},
            Gap("event.outside", "events/aaaaaa/starts_on", {"day": "2027-01-31"}),
        ),
        (
            {"events/bbbbbb/ends_on": "01.12.2027"},
            Gap("event.outside", "events/bbbbbb/ends_on", {"day": "2027-12-01"}),
        ),
        (
            {"events/bbbbbb/ends_on": "10.06.2027"},
            Gap("event.backwards", "events/bbbbbb/ends_on"),
        ),
        ({"events/aaaaaa/ends_on": ""}, Gap("cell.missing", "events/aaaaaa/ends_on")),
        (
            {"events/aaaaaa/ends_on": "когда-нибудь"},
            Gap("cell.date", "events/aaaaaa/ends_on", {"typed": "когда-нибудь"}),
        ),
        (
            {"lines/aaaaaa/price": "90 000 000 000 000", "lines/aaaaaa/quantity": "999999999"},
            Gap("cell.money_too_large", "lines/aaaaaa/price", {"typed": "90 000 000 000 000"}),
        ),
        (
            {"lines/aaaaaa/price": "-5"},
            Gap("cell.money_negative", "lines/aaaaaa/price", {"typed": "-5"}),
        ),
        ({"lines/aaaaaa/article": "77"}, Gap("line.article", "lines/aaaaaa/article")),
        ({"lines/aaaaaa/article": "1"}, Gap("line.article", "lines/aaaaaa/article")),
        ({"lines/aaaaaa/comment": ""}, Gap("line.comment", "lines/aaaaaa/comment")),
        ({"lines/aaaaaa/own": "90 000"}, Gap("money.nothing", "lines")),
        (
            {"lines/aaaaaa/own": "0"},
            Gap("money.own", "lines", {"own_minor": 0, "least_minor": 90_000}),
        ),
    ],
)
def test_each_gap_is_told_at_its_field(changed: dict[str, str], gap: Gap) -> None:
    assert gap in gaps(changed)


@pytest.mark.parametrize("nothing", ["-", "—", "нет", "н/д", "x", "?", "nan", "0"])
def test_a_dash_is_no_date_no_number_and_no_price(nothing: str) -> None:
    days = {"starts_on": nothing, "ends_on": nothing, "events/aaaaaa/starts_on": nothing}
    cells = {"results/aaaaaa/number": nothing, "lines/aaaaaa/quantity": nothing}
    typed = {"typed": nothing}

    found = gaps(days | cells | {"lines/bbbbbb/what": "Зал", "lines/bbbbbb/price": nothing})

    told = [gap for gap in found if gap.values == typed]
    numbers = [
        Gap("cell.number", "results/aaaaaa/number", typed),
        Gap("cell.quantity", "lines/aaaaaa/quantity", typed),
        Gap("cell.money_number", "lines/bbbbbb/price", typed),
    ]
    assert {gap.path for gap in told if gap.code == "cell.date"} == set(days)
    assert [gap for gap in numbers if gap in told] == ([] if nothing == "0" else numbers)


def test_a_dash_for_ones_own_part_is_nothing() -> None:
    assert Gap("money.own", "lines", {"own_minor": 0, "least_minor": 90_000}) in gaps(
        {"lines/aaaaaa/own": "-"}
    )
    assert not any(gap.path == "lines/aaaaaa/own" for gap in gaps({"lines/aaaaaa/own": "-"}))


def test_a_request_above_every_size_is_told() -> None:
    found = gaps({"lines/aaaaaa/price": "1 100 000"})

    asked = 329_500_000
    assert Gap("money.large", "lines", {"asked_minor": asked, "most_minor": 300_000_000}) in found
    assert Gap("money.no_size", "lines", {"asked_minor": asked}) in found


def test_an_own_part_larger_than_its_line_is_told() -> None:
    found = gaps({"lines/aaaaaa/own": "90 001"})

    assert Gap("line.own", "lines/aaaaaa/own") in found


def test_contractors_above_their_share_are_advice_and_no_hindrance() -> None:
    changed = {"lines/aaaaaa/article": "7"}

    assert gaps(changed) == []
    assert advice(changed) == [
        Gap("advice.contractors", "lines", {"spent_minor": 8_500_000, "most_minor": 2_550_000})
    ]


def test_a_cap_of_an_article_hinders() -> None:
    found = gaps(rules=capped(most_minor=1_000_000))

    values: dict[str, str | int] = {"article": "1", "spent_minor": 8_500_000}
    assert found == [Gap("article.cap", "lines", values | {"most_minor": 1_000_000})]


def test_nothing_is_said_of_shares_of_a_request_for_nothing() -> None:
    room = {"what": "Зал", "article": "7", "price": "1", "own": "85 001", "comment": "Своё."}
    changed = {f"lines/bbbbbb/{cell}": text for cell, text in room.items()}

    found = gaps(changed, rules=capped(most_share=Decimal("0.5")))

    assert found == [Gap("money.nothing", "lines"), Gap("line.own", "lines/bbbbbb/own")]


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"title": "«Завтра у реки»"}, ["title.quote"]),
        ({"title": "завтра у реки."}, ["title.small", "title.stop"]),
        ({"events/bbbbbb/task": ""}, ["task.few_events", "event.no_task"]),
        ({"tasks/bbbbbb/text": "Ещё одна"}, ["task.few_events"]),
        (
            {"events/bbbbbb/starts_on": "01.02.2027", "events/bbbbbb/ends_on": "30.11.2027"},
            ["event.whole"],
        ),
        (
            {"target_groups/bbbbbb/text": "Старшие", "events/aaaaaa/group": "aaaaaa"},
            ["group.no_event"],
        ),
    ],
)
def test_advice_is_told_apart(changed: dict[str, str], codes: list[str]) -> None:
    assert [gap.code for gap in advice(changed)] == codes
    assert gaps(changed) == []


def test_files_are_counted_where_they_are_known() -> None:
    fields = dict(REGIONAL.fields)
    fields["charter"] = fields["charter"].model_copy(update={"is_required": True, "most": 1})
    rules = REGIONAL.model_copy(update={"fields": fields})

    assert gaps(rules=rules) == []
    assert gaps(rules=rules, facts=Facts(files={"charter": 1})) == []
    assert gaps(rules=rules, facts=Facts(files={})) == [
        Gap("files.few", "charter", {"count": 0, "least": 1})
    ]
    assert gaps(rules=rules, facts=Facts(files={"charter": 2})) == [
        Gap("files.many", "charter", {"count": 2, "most": 1})
    ]


def test_the_last_moment_is_in_time_and_the_next_one_is_not() -> None:
    late = NOON + timedelta.resolution

    assert gaps(facts=Facts(now=NOON, closes_at=NOON)) == []
    assert gaps(facts=Facts(now=late, closes_at=NOON)) == [Gap("call.closed")]


def test_projects_keep_to_the_days_of_the_call() -> None:
    days = Facts(project_from=date(2027, 3, 1), project_to=date(2027, 10, 31))

    assert gaps(facts=days) == [
        Gap("dates.early", "starts_on", {"first": "2027-03-01"}),
        Gap("dates.late", "ends_on", {"last": "2027-10-31"}),
    ]


@pytest.mark.parametrize(
    ("applicant", "gap"),
    [
        (Applicant(legal_form="20201"), Gap("applicant.form", values={"form": "20201"})),
        (Applicant(status="closing"), Gap("applicant.ended")),
        (Applicant(is_in_region=False), Gap("applicant.region")),
        (
            Applicant(registered_on=date(2026, 6, 2)),
            Gap("applicant.young", values={"months": 5, "least": 6}),
        ),
        (
            Applicant(head_until=date(2026, 11, 30)),
            Gap("applicant.head_term", values={"day": "2026-11-30"}),
        ),
        (Applicant(filed={"nature": 1, "family": 1}), Gap("applicant.many", values={"most": 2})),
    ],
)
def test_an_applicant_who_may_not_is_told_why(applicant: Applicant, gap: Gap) -> None:
    assert by(applicant) == [gap]


@pytest.mark.parametrize(
    "applicant",
    [
        Applicant(),
        Applicant(legal_form="71400", status="active", is_in_region=True),
        Applicant(registered_on=date(2026, 6, 1)),
        Applicant(head_until=date(2026, 12, 1)),
        Applicant(filed={"family": 1}),
    ],
)
def test_what_is_right_or_not_known_hinders_nobody(applicant: Applicant) -> None:
    assert by(applicant) == []


def test_a_group_of_legal_forms_stands_for_its_own() -> None:
    rules = shipped()["presidential-2026"]

    told = {
        form: [gap.code for gap in by(Applicant(legal_form=form), rules=rules)]
        for form in ("70401", "20202", "20201", "75403")
    }

    codes = {form: "applicant.form" in found for form, found in told.items()}
    assert codes == {"70401": False, "20202": False, "20201": True, "75403": True}


def test_one_direction_takes_one_application() -> None:
    rules = shipped()["presidential-2026"]

    found = by(Applicant(filed={"family": 1}), rules=rules)

    assert Gap("applicant.direction_taken", "direction", {"most": 1}) in found


def test_what_nobody_mends_in_an_evening_goes_first() -> None:
    facts = Facts(closes_on=date(2026, 12, 1), applicant=Applicant(head_until=date(2026, 11, 1)))

    found = gaps({"title": "Я" * 301, "lines/aaaaaa/own": "0", "summary": ""}, facts=facts)

    assert [gap.code for gap in found] == [
        "applicant.head_term",
        "money.own",
        "field.missing",
        "field.long",
    ]


def test_nothing_is_said_of_a_field_twice() -> None:
    document = read_document({"lines/aaaaaa/price": "-1"}, currency="RUB")

    found = readiness_of(document, REGIONAL, Facts())

    told = [(gap.code, gap.path) for gap in (*found.blocking, *found.advice)]
    assert len(told) == len(set(told))


def test_every_sentence_can_be_said_with_what_it_names() -> None:
    values = {"asked_minor": 5, "own_minor": 5, "least_minor": 5, "most_minor": 5, "spent_minor": 5}
    values |= {"length": 5, "most": 5, "least": 5, "count": 5, "months": 5, "number": 5}
    words: dict[str, str | int] = {"typed": "а", "day": "2027-01-31", "first": "2027-01-31"}
    words |= values | {"last": "2027-01-31", "form": "71400", "article": "1.1"}
    told = shown(words, currency="RUB", language="ru")

    said = [sentence % told for sentence in SENTENCES.values()]

    assert all(said)
    assert shown({"asked_minor": 49_860_000}, currency="RUB", language="ru") == {
        "asked_minor": "498\xa0600\xa0₽"
    }


def test_advice_speaks_the_words_of_the_rules() -> None:
    gap = Gap("advice.contractors", "lines", {"spent_minor": 1, "most_minor": 2})

    assert sentence_for(gap, REGIONAL, "en").startswith("Services of contractors are best kept")
    assert sentence_for(gap, REGIONAL, "ru").startswith("Услуги подрядчиков")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_advice_of_every_rules_that_come_along_can_be_said(language: str) -> None:
    told = {"spent_minor": "1", "most_minor": "2"}  # a norm may speak of per cent

    for rules in shipped().values():
        for advice in rules.budget.advice:
            said = sentence_for(Gap(f"advice.{advice.code}", "lines"), rules, language) % told
            assert said == f"{advice.text.told(language)} 1 / 2"
