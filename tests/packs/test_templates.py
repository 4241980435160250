"""Templates of projects: their places exist, and none is taken for a project."""

import pytest

from sinergia.engine.project import parse_path, read_document
from sinergia.engine.readiness import Facts, readiness_of
from sinergia.packs.rules import shipped
from sinergia.packs.rules.fields import FIELDS
from sinergia.packs.templates import Template, gaps_in, templates


def test_three_come_along() -> None:
    assert list(templates()) == ["at_home", "festival", "volunteers"]


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("template", templates().values(), ids=lambda one: str(one.code))
@pytest.mark.parametrize("rules", shipped().values(), ids=lambda one: str(one.code))
def test_a_template_fits_the_form_and_only_lacks_what_is_ones_own(
    template: Template, language: str, rules: object
) -> None:
    assert rules is not None
    values = template.values(language)
    document = read_document(values, currency="RUB")
    found = readiness_of(document, shipped()[getattr(rules, "code", "")], Facts())

    assert [path for path in values if parse_path(path) is None] == []
    assert {gap.code for gap in found.blocking} <= {
        "field.missing",  # direction, dates, what the organisation does
        "field.unfilled",
        "rows.few",
        "cell.missing",  # days of events
        "line.nothing",  # no sum is proposed
    }
    assert {gap.path for gap in found.blocking if gap.code == "field.missing"} <= {
        *("direction", "topic", "title", "starts_on", "ends_on", "activities"),
    }
    assert {"summary", "problem"} <= {
        gap.path for gap in found.blocking if gap.code == "field.unfilled"
    }
    assert found.advice == []
    assert FIELDS.keys() >= template.texts.keys() | template.rows.keys()


def test_what_is_still_to_be_written_is_found_and_a_quotation_that_was_cut_is_none() -> None:
    assert gaps_in("В [… каком месте] живёт [… сколько] человек") == ["каком месте", "сколько"]
    assert gaps_in("«Дети […] рисуют», — сказано в [2]") == []


def test_every_bracket_of_a_template_is_a_gap() -> None:
    for template in templates().values():
        for language in ("ru", "en"):
            for text in template.values(language).values():
                assert text.count("[") == text.count("]") == len(gaps_in(text)), text
