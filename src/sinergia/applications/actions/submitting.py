"""A project is handed in to a contest, and taken back before its intake ends."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.applications.actions.spine import take_out
from sinergia.applications.models import Frozen, Submission
from sinergia.applications.queries.correcting import correction_of
from sinergia.applications.queries.submissions import (
    LEAVING,
    in_force,
    is_returned,
    is_taken_in,
    latest_of,
    read_frozen,
    readiness_to_submit,
    section_of,
    stage_told,
)
from sinergia.base.drafts.actions import saves_that_settle
from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest, ContestRules
from sinergia.calls.queries.contests import rules_of
from sinergia.calls.queries.duties import operators_of
from sinergia.engine.project import PROJECT, freeze, without_unasked
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import fold
from sinergia.notices.actions import give_receipt, tell
from sinergia.organisations.models import Identifier
from sinergia.organisations.queries.identifiers import numbers_of
from sinergia.organisations.queries.teams import memberships_of
from sinergia.people.models import Person
from sinergia.projects.access import may_submit
from sinergia.projects.actions.history import keep_picture
from sinergia.projects.actions.saving import locked, save_fields
from sinergia.projects.actions.starting import note_submitted
from sinergia.projects.models import Project, Revision
from sinergia.projects.queries.writing import Written, attachments_of, written

SCHEMA = "application/1"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none of what is taken for another
CODE_LENGTH = 10  # 49 bits beside a number that is known
TITLE = 300


@transaction.atomic
def submit(project: Project, *, actor: Person, now: datetime) -> Submission:
    """Hand a project in as it stands; pressed twice, or by two leaders, it is handed in once.

    now: the moment at which the request arrived; the last moment of the intake is in time.
    Raises Refused with everything that hinders, the most pressing first.
    """
    contest = _locked_contest(project.contest_id)
    project = locked(project, actor)
    if not may_submit(actor, project):
        raise PermissionDenied
    there = in_force(project, contest)
    if there is not None and not is_returned(there):
        return there
    opened = correction_of(there) if there is not None else None
    _refuse_closed(contest, now, until=opened.until if opened is not None else None)
    kept = rules_of(contest)
    if kept is None:
        raise Refused([Gap("submission.closed")])
    project.contest = contest
    # What is frozen knows the places of rows, not which of them came first.
    save_fields(project, saves_that_settle(project.fields, PROJECT), actor=actor, now=now)
    told = written(project, rules=kept.rules)
    readiness = readiness_to_submit(told, now=now, opened=opened)
    if not readiness.is_ready:
        raise Refused(list(readiness.blocking))
    if there is not None and opened is not None:
        _replace(there, told, opened.sections, now=now)
    submission = _numbered(contest, told, now=now)
    _freeze(submission, told, kept.row, actor=actor)
    note_submitted(project, submission.shown_number)
    keep_picture(project, Revision.Why.SUBMITTED, actor=actor, now=now)
    _record_and_tell(submission, actor=actor, now=now)
    return submission


@transaction.atomic
def withdraw(submission: Submission, *, actor: Person, now: datetime) -> None:
    """Take back what was handed in, as long as the intake lasts. Pressing twice is harmless.

    The others who write in it are told, and so are operators who have had it in their hands.
    """
    contest = _locked_contest(submission.contest_id)
    project = locked(submission.project, actor)
    if not may_submit(actor, project):
        raise PermissionDenied
    rows = Submission.objects.select_for_update(of=("self",))
    named = ("contest__call", "contest__centre", "organisation", "application", "project")
    row = rows.select_related(*named).get(pk=submission.pk)
    if row.stage == Submission.Stage.WITHDRAWN:
        return
    if stage_told(row) not in LEAVING:
        raise Refused([Gap("submission.decided")])
    if not is_taken_in(contest, now):
        raise Refused([Gap("submission.late_to_withdraw")])
    was_seen = row.decisions.exists() or row.confirmations.exists()
    # What was decided and not told yet is about nothing any more.
    row.decisions.filter(taken_back_at=None, done_at=None).update(taken_back_at=now)
    take_out(row, now=now)
    record("submission.withdrawn", about=row, actor=actor, at=now, codes={"number": row.number})
    _tell_withdrawn(row, actor=actor, was_seen=was_seen, now=now)


def code_of_receipt() -> str:
    """A code that nobody guesses: with the number it opens a receipt without an account."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def _locked_contest(pk: int | None) -> Contest:
    rows = Contest.objects.select_for_update(of=("self",)).select_related("call__fund", "centre")
    contest = rows.filter(pk=pk or 0).first()
    if contest is None:
        raise Refused([Gap("submission.no_contest")])
    return contest


def _refuse_closed(contest: Contest, now: datetime, *, until: datetime | None = None) -> None:
    """Raise Refused out of the intake; what came back has `until`, later or the same."""
    if until is not None and contest.closes_at is not None and contest.closes_at < now <= until:
        return
    if not is_taken_in(contest, now):
        raise Refused([Gap("submission.closed")])


def _numbered(contest: Contest, told: Written, *, now: datetime) -> Submission:
    """A submission with its number; the same project keeps the one it had."""
    document = told.document
    before = latest_of(told.project, contest)
    number, version = (before.number, before.version + 1) if before else _next(contest)
    title = document.title[:TITLE]
    return Submission.objects.create(
        contest=contest,
        project=told.project,
        organisation=told.project.organisation,
        number=number,
        version=version,
        shown_number=f"{contest.call.contest_year % 100:02}-{contest.ordinal}-{number:04}",
        title=title,
        title_folded=fold(title)[:TITLE],
        direction=document.texts.get("direction", ""),
        asked_minor=document.asked_minor,
        currency=told.rules.currency,
        submitted_at=now,
    )


def _freeze(submission: Submission, told: Written, rules: ContestRules, *, actor: Person) -> None:
    """What is handed in, to the byte, with the digest and the code of its receipt."""
    asked, months = submission.asked_minor, told.document.months
    category = told.rules.category_of(asked, months=months, direction=submission.direction)
    frozen = freeze(SCHEMA, _texts(told), chance=secrets.token_bytes)
    Frozen.objects.create(
        submission=submission,
        rules=rules,
        content=frozen.content,
        digest=frozen.digest,
        code=code_of_receipt(),
        category=category.code if category is not None else "",
        own_minor=told.document.own_minor,
        submitted_by=actor.key,
    )


def _replace(returned: Submission, told: Written, allowed: Sequence[str], *, now: datetime) -> None:
    """Put a version that was returned behind the next one, which differs in named sections alone.

    Raises Refused with the fields of other sections that differ.
    """
    before, after = read_frozen(returned).values, _texts(told)
    gaps = [
        Gap("submission.closed_section", path)
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path) and section_of(path) not in {*allowed, ""}
    ]
    if gaps:
        raise Refused(gaps)
    # What was decided and not told yet is about nothing any more.
    waiting = returned.decisions.filter(taken_back_at=None, done_at=None)
    waiting.update(taken_back_at=now)
    returned.stage = Submission.Stage.REPLACED
    returned.save(update_fields=["stage"])


def _next(contest: Contest) -> tuple[int, int]:
    """The next number of a contest, counted under its lock, and the first version."""
    contest.last_number += 1
    contest.save(update_fields=["last_number"])
    return contest.last_number, 1


def _texts(told: Written) -> Mapping[str, str]:
    """Everything that is handed in: texts, files by their digests, who applies.

    What the contest does not ask, or not by the other answers, is not handed in.
    """
    asked = without_unasked(told.values, told.rules)
    texts = {path: text for path, text in asked.items() if text.strip()}
    for one in attachments_of(told.project):
        texts[f"files/{one.field}/{one.key}"] = f"{one.file.digest} {one.file.name}"
    organisation = told.project.organisation
    texts["applicant/name"] = organisation.name
    for number in numbers_of(organisation):
        if number.scheme in (Identifier.Scheme.OGRN, Identifier.Scheme.INN):
            texts[f"applicant/{number.scheme}"] = number.value
    return texts


def _record_and_tell(submission: Submission, *, actor: Person, now: datetime) -> None:
    codes: dict[str, str | int] = {"number": submission.number, "version": submission.version}
    codes["digest"] = submission.frozen.digest
    record("submission.made", about=submission, actor=actor, at=now, codes=codes)
    for member in memberships_of(submission.organisation):
        say = give_receipt if member.person_id == actor.pk else tell
        say(
            member.person,
            "applications.submitted",
            now=now,
            about=submission,
            url=reverse("applications:submission", args=[submission.key]),
            number=submission.shown_number,
            receipt=submission.frozen.code,
            place=settings.SITE_URL + reverse("applications:receipt"),
            digest=submission.frozen.digest,
            title=submission.title,
            contest=submission.contest.call.name,
        )


def _tell_withdrawn(row: Submission, *, actor: Person, was_seen: bool, now: datetime) -> None:
    team = [one.person for one in memberships_of(row.organisation)]
    theirs, known = "applications:submission", {one.pk for one in team} | {actor.pk}
    readers = [(person, theirs) for person in team if person != actor]
    if was_seen:
        others = operators_of(row.contest).exclude(pk__in=known)
        readers += [(person, "applications:screened") for person in others]
    for person, page in readers:
        tell(
            person,
            "applications.withdrawn",
            now=now,
            about=row,
            url=reverse(page, args=[row.key]),
            number=row.shown_number,
            title=row.title,
        )
