"""A grant is made of an award that was published, or of a win elsewhere, once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sinergia.applications.models import Origin
from sinergia.base.journal.models import Entry
from sinergia.calls.models import Contest, Outcome
from sinergia.engine.granting.plan import WHOLE
from sinergia.grants.actions.beginning import Won, begin_elsewhere, begin_grant
from sinergia.grants.models import Grant
from sinergia.grants.queries.awaiting import awaiting, won_elsewhere
from sinergia.grants.queries.grants import latest_plan, thawed_plan
from sinergia.notices.models import Notice
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.review.actions.declining import decline_award
from sinergia.review.actions.recutting import Given, send_budget, settle_budget
from sinergia.review.models import Award, Publication
from tests.afterwards import codes_of
from tests.arrange import (
    NOON,
    READY,
    a_centre,
    a_consultant,
    a_leader,
    a_project,
    a_region,
    an_application,
    an_organisation,
)
from tests.arrange_grants import FIRST, LAST, a_grant, award_of, elsewhere, tranches
from tests.review.deciding import a_rated, a_sitting, adopted, published

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_an_award_becomes_one_grant_with_conditions_plan_periods_and_a_last_day(
    award: Award, operator: Person
) -> None:
    first, again = a_grant(award, operator=operator), a_grant(award, operator=operator)

    assert first == again
    submission = award.examination.submission
    assert (first.application, first.project) == (submission.application, submission.project)
    assert (first.sum_minor, first.currency, first.stage) == (90_000_00, "RUB", "preparing")
    assert (first.begins_on, first.ends_on) == (FIRST, LAST)
    assert first.sign_by == NOON.date() + timedelta(days=30)
    assert [one.code for one in first.conditions.order_by("pk")] == ["plan", "account", "charter"]
    assert tranches(first) == [90_000_00]
    plan = thawed_plan(latest_plan(first), first)
    assert dict(plan.grant) == {"aaaaaa": 90_000_00}
    assert READY.items() <= plan.texts.items()
    assert [one.verb for one in Entry.objects.filter(verb__startswith="grant.")] == ["grant.begun"]
    assert Notice.objects.filter(code="grants.begun").count() == 1


def test_a_smaller_sum_waits_for_its_accepted_budget_and_takes_its_lines(
    contest: Contest, operator: Person
) -> None:
    row = a_rated("Проект", "90", contest=contest)
    cuts = [{"line": "aaaaaa", "minor": 30_000_00}]
    adopted(a_sitting(contest, number="0"), "less", row, offered_minor=60_000_00, cuts=cuts)
    published(contest, operator)
    award = award_of(row.pk)
    assert codes_of(lambda: a_grant(award, operator=operator)) == ["grant.no_budget"]

    leader = a_leader("boris", organisation=row.submission.organisation)
    sent = send_budget(award, Given({"aaaaaa": 60_000_00}), actor=leader, now=NOON)
    assert codes_of(lambda: a_grant(award, operator=operator)) == ["grant.no_budget"]
    settle_budget(sent, accepts=True, actor=operator, now=NOON)
    made = a_grant(award, operator=operator)

    assert dict(thawed_plan(latest_plan(made), made).grant) == {"aaaaaa": 60_000_00}


def test_what_was_declined_is_not_begun_and_not_listed(
    award: Award, operator: Person, centre: Centre
) -> None:
    assert list(awaiting(centre, operator)) == [award]
    decline_award(award, "Не сможем", actor=operator, now=NOON)

    assert codes_of(lambda: begin_grant(award, actor=operator, now=NOON)) == ["grant.not_won"]
    assert list(awaiting(centre, operator)) == []


def test_nothing_is_begun_before_the_publication_nor_by_another_centre(
    award: Award, operator: Person, centre: Centre
) -> None:
    other = a_centre("Чужой", region=a_region("XB-YAR", "Ярогорский край"))
    stranger = a_consultant("stranger", centre=other)
    with pytest.raises(PermissionDenied):
        begin_grant(award, actor=stranger, now=NOON)
    assert list(awaiting(other, stranger)) == []
    Publication.objects.update(stage="set", publish_at=NOON, published_at=None)
    with pytest.raises(PermissionDenied):
        begin_grant(award, actor=operator, now=NOON)

    assert list(awaiting(centre, operator)) == []
    assert not Grant.objects.exists()


def test_a_win_elsewhere_is_begun_by_its_people_and_is_one_line_without_a_project() -> None:
    organisation = an_organisation()
    leader = a_leader(organisation=organisation)
    won = an_application(organisation=organisation)
    assert list(won_elsewhere(organisation)) == [won]

    first = elsewhere(organisation, leader, application=won)
    again = elsewhere(organisation, leader, application=won, minor=1)

    assert (first, first.sum_minor, first.sign_by) == (again, 512_400_00, None)
    assert dict(thawed_plan(latest_plan(first), first).grant) == {WHOLE: 512_400_00}
    assert tranches(first) == [512_400_00]
    assert list(won_elsewhere(organisation)) == []


def test_a_win_elsewhere_takes_the_plan_of_its_project() -> None:
    organisation = an_organisation()
    leader = a_leader(organisation=organisation)
    project = a_project(organisation=organisation)
    won = an_application(organisation=organisation)
    Origin.objects.create(application=won, project=project, ground="…", by=leader, at=NOON)

    grant = elsewhere(organisation, leader, application=won)

    assert grant.project == project
    assert thawed_plan(latest_plan(grant), grant).texts["title"] == "Тёплый двор"


def test_a_win_elsewhere_is_begun_by_no_stranger_and_with_no_sum_that_cannot_be() -> None:
    organisation = an_organisation()
    leader = a_leader(organisation=organisation)
    won = an_application(organisation=organisation)
    stranger = a_leader("stranger", organisation=an_organisation("Чужие"))
    with pytest.raises(PermissionDenied):
        begin_elsewhere(won, Won(1, FIRST, LAST), actor=stranger, now=NOON)

    def begin(minor: int, last: date = LAST) -> list[str]:
        given = Won(minor, FIRST, last)
        return codes_of(lambda: begin_elsewhere(won, given, actor=leader, now=NOON))

    assert begin(0, date(2027, 1, 9)) == ["grant.no_sum", "grant.ends_early"]
    won.outcome = Outcome.LOST
    won.save()
    assert begin(1) == ["grant.not_won"]
