"""Those who write a silent draft are reminded once, some days before the intake ends."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.translation import override

from sinergia.applications.actions.submitting import submit
from sinergia.applications.models import Reminder
from sinergia.applications.queries.reminding import BEFORE, LAST, SILENT, silent_drafts
from sinergia.applications.tasks import remind_silent
from sinergia.base.journal.models import Entry
from sinergia.calls.models import Contest
from sinergia.notices.models import Choice, Notice
from sinergia.notices.words import said_by
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.projects.actions.starting import aim_project, remove_project
from sinergia.projects.models import Project
from tests.afterwards import run_errands
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_contest,
    a_fund,
    a_leader,
    a_project,
    a_ready_project,
    an_organisation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


@pytest.fixture
def contest() -> Contest:
    """Its intake ends in three days less an hour."""
    made = a_contest(centre=a_centre())
    now = timezone.now()
    made.opens_at, made.closes_at = now - timedelta(days=30), now + BEFORE - timedelta(hours=1)
    made.save()
    return made


@pytest.fixture
def draft(organisation: Organisation, leader: Person, contest: Contest) -> Project:
    return silent(a_project(organisation=organisation, contest=contest))


def silent(project: Project, since: timedelta = SILENT + timedelta(minutes=1)) -> Project:
    project.changed_at = timezone.now() - since
    project.save(update_fields=["changed_at"])
    return project


def told() -> list[Notice]:
    return list(Notice.objects.filter(code="applications.reminder"))


def test_a_silent_draft_gets_one_letter_that_says_what_is_left_and_leads_to_it(
    draft: Project, leader: Person
) -> None:
    Person.objects.filter(pk=leader.pk).update(language="en")
    Choice.objects.create(
        person=leader, email="at_once", quiet_from=0, quiet_to=0, time_zone="Europe/Moscow"
    )
    remind_silent()
    remind_silent()
    run_errands()

    notice = told()[0]
    with override("en"):
        said = said_by(notice)
    assert (len(told()), notice.person, notice.url) == (1, leader, f"/projects/{draft.key}/")
    assert said.subject == "“Тёплый двор” is not submitted yet"
    assert "things are left to mend:" in said.text
    assert said.text.count("— ") == 3
    assert Entry.objects.filter(verb="project.reminded").count() == 1
    letter = next(one for one in mail.outbox if "is not submitted yet" in one.subject)
    assert "things are left to mend:" in letter.body


def test_the_letter_is_in_the_language_of_its_reader(draft: Project, leader: Person) -> None:
    english = a_leader("olga", organisation=draft.organisation)
    Person.objects.filter(pk=english.pk).update(language="en")

    remind_silent()

    things = {one.person_id: one.values["things"] for one in told()}
    assert "\n— Направление: " in things[leader.pk]
    assert "\n— Direction: Nothing is written here yet." in things[english.pk]


def test_an_extension_of_the_intake_brings_no_second_letter(
    draft: Project, contest: Contest
) -> None:
    remind_silent()
    Contest.objects.update(closes_at=timezone.now() + timedelta(days=20))
    remind_silent()
    Contest.objects.update(closes_at=timezone.now() + timedelta(days=2))
    silent(draft)
    remind_silent()

    assert (len(told()), Reminder.objects.count()) == (1, 1)


def test_for_another_contest_one_is_reminded_again(
    draft: Project, leader: Person, contest: Contest
) -> None:
    remind_silent()
    other = a_contest(centre=contest.centre, fund=a_fund("another"))
    Contest.objects.filter(pk=other.pk).update(closes_at=contest.closes_at)
    aim_project(draft, other, actor=leader, now=NOON)
    draft.refresh_from_db()
    silent(draft)
    remind_silent()

    assert len(told()) == 2


@pytest.mark.parametrize(
    ("left", "since", "is_told"),
    [
        (BEFORE + timedelta(minutes=5), SILENT * 2, False),
        (BEFORE - timedelta(minutes=5), SILENT * 2, True),
        (BEFORE - timedelta(minutes=5), SILENT - timedelta(minutes=5), False),
        (LAST + timedelta(minutes=5), SILENT * 2, True),
        (LAST - timedelta(minutes=5), SILENT * 2, False),
        (-timedelta(minutes=5), SILENT * 2, False),
    ],
)
def test_it_comes_in_the_last_three_days_and_only_to_the_silent(
    draft: Project, left: timedelta, since: timedelta, is_told: bool
) -> None:
    Contest.objects.update(closes_at=timezone.now() + left)
    silent(draft, since)

    remind_silent()

    assert bool(told()) is is_told


def test_who_has_submitted_put_away_or_practises_is_left_alone(
    organisation: Organisation, leader: Person, contest: Contest
) -> None:
    submitted = a_ready_project(organisation=organisation, contest=contest)
    submit(submitted, actor=leader, now=timezone.now())
    silent(submitted)
    away = a_project("Убранный", organisation=organisation, contest=contest)
    remove_project(away, actor=leader, now=NOON)
    silent(away)
    remind_silent()
    assert told() == []

    silent(a_project("Учебный", organisation=organisation, contest=contest))
    Contest.objects.update(is_training=True)
    remind_silent()
    Contest.objects.update(is_training=False, stage=Contest.Stage.CLOSED)
    remind_silent()
    assert told() == []


def test_where_nobody_of_the_organisation_is_here_whoever_began_it_is_reminded(
    contest: Contest,
) -> None:
    alone = an_organisation("Без людей здесь")
    consultant = a_consultant("second", centre=contest.centre)
    project = Project.objects.create(
        organisation=alone,
        contest=contest,
        is_shared=True,
        made_by=consultant.key,
        made_at=NOON,
        changed_at=NOON,
    )
    assert list(silent_drafts(now=timezone.now())) == [project]

    remind_silent()

    assert [one.person for one in told()] == [consultant]
