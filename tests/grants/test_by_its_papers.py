"""A grant won elsewhere goes by its papers, and never by what a draft of a project says."""

from datetime import date

import pytest

from sinergia.applications.models import Origin
from sinergia.engine.granting.plan import write_plan
from sinergia.grants.actions.beginning import Won
from sinergia.grants.actions.terms import correct_won
from sinergia.grants.models import Grant, Plan
from sinergia.grants.queries.grants import latest_plan, thawed_plan
from tests.arrange import NOON, a_leader, a_project, an_application, an_organisation
from tests.arrange_changes import a_change, sent
from tests.arrange_grants import FIRST, LAST, elsewhere, fresh, signed

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


def plan_as_before(grant: Grant, last: str) -> None:
    """Its plan as it was written once: with the day of the draft."""
    plan = latest_plan(grant)
    told = thawed_plan(plan, grant)
    kept = write_plan({**told.texts, "ends_on": last}, told.grant)
    Plan.objects.filter(pk=plan.pk).update(content=kept.content, digest=kept.digest)


def days_of(grant: Grant) -> list[object]:
    row = fresh(grant)
    return [row.ends_on, *row.periods.order_by("number").values_list("ends_on", "report_on")]


@pytest.mark.parametrize("last", ["2027-03-01", "2025-12-01"])
@pytest.mark.parametrize("is_kept", [False, True])
def test_a_small_change_moves_no_day_that_it_does_not_ask_for(
    last: str,
    *,
    is_kept: bool,
) -> None:
    organisation = an_organisation()
    leader = a_leader(organisation=organisation)
    project = a_project(organisation=organisation)
    project.fields.create(path="ends_on", value=last, version=1, by=leader.key, at=NOON)
    won = an_application(organisation=organisation)
    Origin.objects.create(application=won, project=project, ground="…", by=leader, at=NOON)
    grant = elsewhere(organisation, leader, application=won)
    if is_kept:
        plan_as_before(grant, last)
    grant = signed(grant, leader)
    before = days_of(grant)

    sent(a_change(grant, leader, {"summary": "Иначе сказано"}), leader)

    assert days_of(grant) == before
    assert fresh(grant).ends_on == LAST


def test_the_plan_says_the_days_of_the_papers_also_where_they_are_corrected() -> None:
    organisation = an_organisation()
    leader = a_leader(organisation=organisation)
    grant = elsewhere(organisation, leader)
    first = thawed_plan(latest_plan(grant), grant).document

    other = Won(grant.sum_minor, FIRST, date(2027, 7, 15))
    grant = correct_won(grant, other, actor=leader, now=NOON)

    later = thawed_plan(latest_plan(grant), grant).document
    assert (first.starts_on, first.ends_on) == (FIRST, LAST)
    assert (later.starts_on, later.ends_on) == (FIRST, date(2027, 7, 15))
