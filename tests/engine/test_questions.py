"""Questions of a contest: which are put, what hinders in their answers."""

import pytest

from sinergia.engine.project import questions_put, read_document, without_unasked
from sinergia.engine.readiness import Facts, readiness_of
from sinergia.engine.refusal import Gap
from sinergia.packs.rules import Rules, rules_from, shipped
from sinergia.packs.rules.frozen import values_of


def rules_asking(*questions: dict[str, object]) -> Rules:
    named = [{"text": {"ru": "Вопрос"}} | one for one in questions]
    return rules_from(values_of(shipped()["regional"]) | {"questions": named})


def hanging(code: str, on: str, *answers: str) -> dict[str, object]:
    return {"code": code, "kind": "yes_no", "when": {"question": on, "values": answers}}


CHAIN = rules_asking(
    hanging("third", "second", "yes"),
    {"code": "first", "kind": "choice", "choices": [{"ru": "да"}, {"ru": "нет"}, {"ru": "иное"}]},
    hanging("second", "first", "2", "3"),
)


@pytest.mark.parametrize(
    ("answers", "put"),
    [
        ({}, ["first"]),
        ({"first": "1"}, ["first"]),
        ({"first": "3"}, ["first", "second"]),
        ({"first": "3", "second": "yes"}, ["third", "first", "second"]),
        ({"first": "1", "second": "yes", "third": "yes"}, ["first"]),
    ],
)
def test_a_question_is_put_where_the_one_it_hangs_on_is_put_and_answered_so(
    answers: dict[str, str], put: list[str]
) -> None:
    texts = {f"answers/{code}": text for code, text in answers.items()}

    assert [one.code for one in questions_put(CHAIN.questions, texts)] == put


def test_answers_to_what_is_not_put_fall_away_and_all_other_texts_stay() -> None:
    texts = {"title": "Двор", "answers/first": "1", "answers/second": "yes", "answers/other": "да"}

    assert without_unasked(texts, CHAIN) == {"title": "Двор", "answers/first": "1"}


@pytest.mark.parametrize(
    ("question", "answer", "gap"),
    [
        ({}, "", Gap("field.missing", "answers/one")),
        ({"is_required": False}, "", None),
        ({"longest": 5}, "длинно", Gap("field.long", "answers/one", {"length": 6, "most": 5})),
        ({"longest": 5}, "а\r\nбв", None),
        ({"kind": "number"}, "много", Gap("cell.number", "answers/one", {"typed": "много"})),
        ({"kind": "number"}, "-3", Gap("cell.number", "answers/one", {"typed": "-3"})),
        ({"kind": "number"}, "1 200", None),
        ({"kind": "yes_no"}, "maybe", Gap("answer.unknown", "answers/one")),
        ({"kind": "yes_no"}, "no", None),
        (hanging("one", "other", "yes"), "", None),
    ],
)
def test_an_answer_is_held_against_its_question(
    question: dict[str, object], answer: str, gap: Gap | None
) -> None:
    other = {"code": "other", "kind": "yes_no", "is_required": False}
    rules = rules_asking({"code": "one"} | question, other)
    document = read_document({"answers/one": answer}, currency="RUB")

    blocking = readiness_of(document, rules, Facts()).blocking

    assert [one for one in blocking if one.path.startswith("answers/")] == ([gap] if gap else [])


def test_two_hundred_questions_in_one_chain_are_put_at_once() -> None:
    links = [hanging(f"q{at}", f"q{at - 1}", "yes") for at in range(1, 200)]
    rules = rules_asking({"code": "q0", "kind": "yes_no"}, *links)
    texts = {f"answers/q{at}": "yes" for at in range(200)}

    assert len(questions_put(rules.questions, texts)) == 200
