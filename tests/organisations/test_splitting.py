"""Of two in one, what is tied together goes together, and who leads alone stays."""

from collections.abc import Iterable, Mapping
from datetime import date

import pytest
from django.test import Client

from sinergia.applications.models import Submission
from sinergia.engine.refusal import Gap, Refused
from sinergia.grants.models import Grant
from sinergia.organisations.actions.splitting import Parting, split_organisation
from sinergia.organisations.models import Centre, Membership, Organisation, Standing
from sinergia.organisations.queries.merging import rows_to_part
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_contest,
    a_leader,
    a_project,
    an_application,
    an_organisation,
)

pytestmark = [pytest.mark.both, pytest.mark.django_db]
PROJECT, SUBMISSION = "projects.project", "applications.submission"
APPLICATION, GRANT = "applications.application", "grants.grant"
TEAM = "organisations.membership"


@pytest.fixture
def larisa() -> Person:
    return a_consultant("larisa", centre=a_centre())


@pytest.fixture
def old() -> Organisation:
    return an_organisation("Две в одной")


@pytest.fixture
def told(larisa: Person, old: Organisation) -> Mapping[str, list[str]]:
    """A project that was handed in and won, and the grant of it: the tables with their tokens."""
    a_leader("tamara", organisation=old)
    project = a_project(organisation=old)
    won = an_application(organisation=old)
    handed_in = Submission.objects.create(
        contest=a_contest(centre=Centre.objects.get()), project=project, organisation=old,
        application=won, number=1, version=1, shown_number="26-1-0001", title="Двор",
        asked_minor=1, currency="RUB", submitted_at=NOON,
    )  # fmt: skip
    grant = Grant.objects.create(
        application=won, project=project, organisation=old, currency="RUB", sum_minor=1,
        begins_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), made_at=NOON,
    )  # fmt: skip
    return {
        PROJECT: [str(project.key)],
        SUBMISSION: [str(handed_in.key)],
        APPLICATION: [str(won.key)],
        GRANT: [str(grant.key)],
    }


def refused(
    old: Organisation, rows: Mapping[str, list[str]], labels: Iterable[str], *, actor: Person
) -> list[Gap]:
    """Why these tables alone may not go."""
    chosen = {label: rows[label] for label in labels}
    with pytest.raises(Refused) as refusal:
        split_organisation(old.key, Parting("Вторая", chosen), actor=actor, now=NOON)
    return refusal.value.gaps


@pytest.mark.parametrize(
    ("labels", "torn"),
    [
        ([APPLICATION], {(SUBMISSION, APPLICATION), (GRANT, APPLICATION)}),
        ([GRANT], {(GRANT, APPLICATION), (GRANT, PROJECT)}),
        ([PROJECT, SUBMISSION], {(SUBMISSION, APPLICATION), (GRANT, PROJECT)}),
    ],
)
def test_a_row_that_names_one_that_stays_or_is_named_by_it_does_not_go(
    labels: list[str],
    torn: set[tuple[str, str]],
    old: Organisation,
    told: Mapping[str, list[str]],
    larisa: Person,
) -> None:
    gaps = refused(old, told, labels, actor=larisa)

    assert {gap.code for gap in gaps} == {"split_torn"}
    assert {(gap.path, gap.values["beside"]) for gap in gaps} == torn
    assert not Organisation.objects.filter(name="Вторая").exists()


def test_what_is_tied_together_goes_together(
    old: Organisation, told: Mapping[str, list[str]], larisa: Person
) -> None:
    new = split_organisation(old.key, Parting("Вторая", told), actor=larisa, now=NOON)

    assert (Grant.objects.get().organisation, Submission.objects.get().organisation) == (new, new)


def test_a_copy_may_go_without_what_it_was_copied_from(old: Organisation, larisa: Person) -> None:
    a_leader("tamara", organisation=old)
    first, copy = a_project(organisation=old), a_project(organisation=old)
    copy.copied_from = first
    copy.save(update_fields=["copied_from"])

    chosen = {PROJECT: [str(copy.key)]}
    new = split_organisation(old.key, Parting("Вторая", chosen), actor=larisa, now=NOON)

    copy.refresh_from_db()
    assert copy.organisation == new


def test_the_page_names_both_tables(
    old: Organisation, told: Mapping[str, list[str]], larisa: Person, client: Client
) -> None:
    client.force_login(larisa)
    client.cookies["django_language"] = "en"

    answer = client.post(
        f"/organisations/{old.key}/split/", {"name": "Вторая", "grants_grant": told[GRANT]}
    )

    assert answer.status_code == 422
    assert "Grant — Applications: a row of one was chosen" in answer.text


def test_of_two_leaders_one_stays(old: Organisation, larisa: Person) -> None:
    for name in ("tamara", "zoya"):
        a_leader(name, organisation=old)
    a_leader("anna", organisation=old, role="editor")
    keys = [str(row.key) for row in Membership.objects.filter(organisation=old).order_by("pk")]

    gaps = refused(old, {TEAM: keys[:2]}, [TEAM], actor=larisa)
    new = split_organisation(old.key, Parting("Вторая", {TEAM: keys[1:]}), actor=larisa, now=NOON)

    assert gaps == [Gap("split_last_leader", TEAM)]
    assert Membership.objects.filter(organisation=new).count() == 2


def test_facts_of_standing_are_not_offered(old: Organisation) -> None:
    Standing.objects.create(
        organisation=old, code="grant_under_way", key=old.key, since=date(2026, 1, 1)
    )

    assert rows_to_part(old) == []
