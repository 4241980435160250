"""How many grants are under way beside the project, against what the rules allow."""

from dataclasses import replace

import pytest

from sinergia.engine.project import read_document
from sinergia.engine.readiness import Applicant, Facts, readiness_of
from sinergia.engine.refusal import Gap
from sinergia.packs.rules import shipped


@pytest.mark.parametrize(
    ("code", "grants", "told"),
    [
        ("presidential-2026", 0, []),
        ("presidential-2026", 2, [Gap("applicant.grants", values={"number": 2, "most": 1})]),
        ("regional", 0, []),
        ("regional", 2, [Gap("applicant.has_grant")]),  # its rules say nothing of how many
    ],
)
def test_grants_under_way_are_counted_against_the_rules_and_hinder_nothing(
    code: str, grants: int, told: list[Gap]
) -> None:
    rules = shipped()[code]
    document = read_document({}, currency=rules.currency)
    without = Facts(applicant=Applicant())

    before = readiness_of(document, rules, without)
    found = readiness_of(document, rules, replace(without, applicant=Applicant(grants=grants)))

    assert [one for one in found.advice if one not in before.advice] == told
    assert found.blocking == before.blocking
