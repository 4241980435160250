"""When an organisation is made two, what the register notes of a grant goes with the grant."""

import pytest

from sinergia.base.errands.actions import run_due_errands
from sinergia.grants.models import Grant
from sinergia.organisations.actions.splitting import Parting, split_organisation
from sinergia.organisations.models import Standing
from sinergia.organisations.queries.merging import rows_to_part
from sinergia.people.models import Person
from tests.arrange import NOON, a_leader
from tests.arrange_grants import LATER, a_report, in_two, signed

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_that_it_is_under_way_and_a_report_late(grant: Grant, operator: Person) -> None:
    in_two(grant, operator)
    row, old = signed(grant, operator), grant.organisation
    report = a_report(row.periods.order_by("pk")[0], "draft")
    Standing.objects.create(
        organisation=old, code="report_overdue", key=report.key, since=LATER.date()
    )
    a_leader("zoya", organisation=old)
    labels = (
        "grants.grant",
        "applications.application",
        "applications.submission",
        "projects.project",
    )
    chosen = {
        relation.label: [token for token, _row in rows]
        for relation, rows in rows_to_part(old)
        if relation.label in labels
    }

    new = split_organisation(old.key, Parting("Вторая", chosen), actor=operator, now=NOON)
    run_due_errands(now=LATER)

    assert {fact.organisation for fact in Standing.objects.all()} == {new}
    assert set(Standing.objects.values_list("code", flat=True)) == {
        "grant_under_way",
        "report_overdue",
    }
