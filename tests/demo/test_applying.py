"""Applications of the demo's contest: sums that add up, nothing that hinders, four refused."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from django.conf import settings

from sinergia.engine.project import Document, read_document
from sinergia.engine.readiness import Facts, readiness_of
from sinergia.packs.rules import shipped
from sinergia.people.models import Person
from sinergia.web.commands import demo
from sinergia.web.commands.drafting import texts_of
from sinergia.web.commands.intake import PART, intake_steps
from sinergia.web.demo.applying import Applying, apply
from sinergia.web.demo.story import tell

RULES = shipped()["regional"]


class Held:
    project_from = date(2027, 1, 15)


@cache
def applications() -> list[Applying]:
    demo = tell(2026)
    return list(apply(demo.organisations, demo.municipalities, count=64, seed=2026))


def document_of(one: Applying) -> Document:
    texts = {str(path): text for path, text in texts_of(one.told, Held())}  # type: ignore[arg-type]  # a contest's first day is all that is asked
    return read_document(texts, currency=RULES.currency)


def test_there_are_sixty_four_and_the_same_ones_each_time() -> None:
    demo = tell(2026)
    again = list(apply(demo.organisations, demo.municipalities, count=64, seed=2026))

    assert len(applications()) == 64
    assert again == applications()


def test_nothing_hinders_any_of_them_from_being_handed_in() -> None:
    facts = Facts(
        closes_on=date(2026, 10, 9), project_from=Held.project_from, project_to=date(2027, 12, 15)
    )

    found = {
        one.place: [gap.code for gap in readiness_of(document_of(one), RULES, facts).blocking]
        for one in applications()
    }

    assert {place: codes for place, codes in found.items() if codes} == {}


def test_every_budget_comes_to_what_its_lines_say_and_has_an_own_part() -> None:
    for one in applications():
        document = document_of(one)
        lines = [cells for field, _row, cells in one.rows if field == "lines"]
        told = sum(_number(line["price"]) * int(line["quantity"]) for line in lines)

        assert document.total_minor == told * 100
        assert document.own_minor == sum(_number(line["own"]) for line in lines) * 100
        assert document.asked_minor == document.total_minor - document.own_minor > 0
        assert document.faults == []


def test_contributions_are_the_rate_of_the_pay() -> None:
    for one in applications():
        lines = [cells for field, _row, cells in one.rows if field == "lines"]
        pay = sum(
            _number(line["price"]) * int(line["quantity"])
            for line in lines
            if line["article"] == "1.1"
        )
        social = [_number(line["price"]) for line in lines if line["article"] == "1.3"]

        assert social == ([round(pay * 0.302)] if pay else [])


def test_four_are_not_admitted_each_with_a_ground_of_the_rules() -> None:
    refused = [one.refusal for one in applications() if one.refusal is not None]

    clauses = [one["clause"] for one in refused]

    assert len(clauses) == len(set(clauses)) == 4
    assert set(clauses) <= {ground.code for ground in RULES.refusals}
    assert all(len(one["words"]) > 80 for one in refused)


def test_the_one_refused_for_its_double_is_the_double_of_the_same_organisation() -> None:
    twin = next(one for one in applications() if one.refusal and one.refusal["clause"] == "overlap")
    first = applications()[twin.refusal["twin"] - 1] if twin.refusal else twin

    assert twin.organisation == first.organisation
    assert twin.texts["problem"] == first.texts["problem"]
    assert twin.texts["title"] != first.texts["title"]


def _number(shown: str) -> int:
    return int(shown.replace(" ", ""))


@pytest.mark.parametrize(("size", "count"), [("small", 64), ("large", 5_000)])
def test_its_size_says_how_many_come_in(
    size: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    for name in ("refuse_port", "finish", "prepare", "start"):
        monkeypatch.setattr(demo, name, lambda *_args, **_named: None)
    monkeypatch.setattr(demo, "was_told", lambda: False)
    monkeypatch.setattr(demo, "_make", lambda *, is_large: asked.append(is_large))
    monkeypatch.setenv("SINERGIA_DEMO", "1")
    monkeypatch.setattr(settings, "IS_DEMO", True)  # as it was, afterwards

    demo.demo(size=size, port=8000, reset=False)

    story = replace(tell(2026), is_large=asked == [True])
    steps = [step for step in intake_steps(story, Person()) if len(step.args) == 4]
    assert [step.args[3] for step in steps] == [count] * len(steps)
    taken = [min(first + PART, count) - first for first in (step.args[2] for step in steps)]
    assert sum(taken) == count
