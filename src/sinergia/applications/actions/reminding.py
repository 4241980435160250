"""Reminders, once each: of a silent draft, and of what nothing confirms yet."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from sinergia.applications.models import Reminder, Submission
from sinergia.applications.queries.reminding import Due, silent_drafts, unconfirmed
from sinergia.base.journal.actions import record
from sinergia.notices.actions import tell
from sinergia.organisations.queries.teams import memberships_of
from sinergia.people.actions import command_person
from sinergia.people.models import Person
from sinergia.people.queries import account_by
from sinergia.projects.access import may_write
from sinergia.projects.models import Project


@transaction.atomic
def remind(
    project: Project, said: Mapping[str, Mapping[str, str]], *, now: datetime
) -> Reminder | None:
    """Remind whoever writes a project, once for each contest; none where there is no need any more.

    said: what the letter names, by language.
    """
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    found = silent_drafts(now=now).filter(pk=project.pk, contest=project.contest_id).first()
    if found is None or found.contest is None:
        return None
    made = Reminder.objects.create(project=found, contest=found.contest, at=now)
    for person in _writers(found):
        values = said[person.language]
        tell(
            person,
            "applications.reminder",
            now=now,
            about=found,
            url=reverse("projects:project", args=[found.key]),
            title=values["title"],
            contest=values["contest"],
            until=values["until"],
            things=values["things"],
        )
    record("project.reminded", about=found, actor=command_person(now), at=now)
    return made


@transaction.atomic
def remind_unconfirmed(
    submission: Submission, due: Due, said: Mapping[str, Mapping[str, str]], *, now: datetime
) -> Reminder | None:
    """Remind those who applied that a submission is to be confirmed; none where it is meanwhile.

    said: what the letter names, by language.
    """
    Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    found = unconfirmed(due, now=now).filter(pk=submission.pk).first()
    if found is None:
        return None
    made = Reminder.objects.create(
        project=found.project,
        contest=due.row.contest,
        kind=Reminder.Kind.UNCONFIRMED,
        at=now,
    )
    for person in _writers(found.project):
        values = said[person.language]
        tell(
            person,
            "applications.unconfirmed",
            now=now,
            about=found,
            url=reverse("applications:submission", args=[found.key]),
            number=found.shown_number,
            title=found.title,
            until=values["until"],
            ways=values["ways"],
        )
    record("submission.reminded", about=found, actor=command_person(now), at=now)
    return made


def _writers(project: Project) -> list[Person]:
    """The organisation's people; where it has none here, whoever began the project for it."""
    theirs = [one.person for one in memberships_of(project.organisation)]
    author = account_by(project.made_by)
    if theirs or author is None or not may_write(author, project):
        return theirs
    return [author]
