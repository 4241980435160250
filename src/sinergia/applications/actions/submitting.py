"""A project is handed in to a contest, and taken back before its intake ends."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.applications.models import Decision, Frozen, Submission
from sinergia.applications.queries.submissions import (
    in_force,
    is_of_former_rules,
    is_returned,
    latest_of,
    read_frozen,
    readiness_to_submit,
    stage_told,
)
from sinergia.base.drafts.actions import saves_that_settle
from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest, ContestRules
from sinergia.calls.queries.contests import rules_of
from sinergia.engine.project import PROJECT, freeze, without_unasked
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import fold
from sinergia.notices.actions import give_receipt, tell
from sinergia.organisations.models import Identifier
from sinergia.organisations.queries.identifiers import numbers_of
from sinergia.organisations.queries.teams import memberships_of
from sinergia.packs.rules.fields import SECTIONS
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
    _refuse_closed(contest, now)
    kept = rules_of(contest)
    if kept is None:
        raise Refused([Gap("submission.closed")])
    project.contest = contest
    # What is frozen knows the places of rows, not which of them came first.
    save_fields(project, saves_that_settle(project.fields, PROJECT), actor=actor, now=now)
    told = written(project, rules=kept.rules)
    readiness = readiness_to_submit(told, now=now)
    if not readiness.is_ready:
        raise Refused(list(readiness.blocking))
    if there is not None:
        _replace(there, told)
    submission = _numbered(contest, told, now=now)
    _freeze(submission, told, kept.row, actor=actor)
    note_submitted(project, submission.shown_number)
    keep_picture(project, Revision.Why.SUBMITTED, actor=actor, now=now)
    _record_and_tell(submission, actor=actor, now=now)
    return submission


@transaction.atomic
def withdraw(submission: Submission, *, actor: Person, now: datetime) -> None:
    """Take back what was handed in, as long as the intake lasts. Pressing twice is harmless."""
    contest = _locked_contest(submission.contest_id)
    project = locked(submission.project, actor)
    if not may_submit(actor, project):
        raise PermissionDenied
    row = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if row.stage == Submission.Stage.WITHDRAWN:
        return
    if stage_told(row) not in (Submission.Stage.SUBMITTED, Submission.Stage.RETURNED):
        raise Refused([Gap("submission.registered")])
    _refuse_closed(contest, now)
    # What was decided and not told yet is about nothing any more.
    row.decisions.filter(taken_back_at=None, done_at=None).update(taken_back_at=now)
    note_submitted(project, "")
    row.stage, row.withdrawn_at = Submission.Stage.WITHDRAWN, now
    row.save(update_fields=["stage", "withdrawn_at"])
    record("submission.withdrawn", about=row, actor=actor, at=now, codes={"number": row.number})


def code_of_receipt() -> str:
    """A code that nobody guesses: with the number it opens a receipt without an account."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def _locked_contest(pk: int | None) -> Contest:
    rows = Contest.objects.select_for_update(of=("self",)).select_related("call__fund", "centre")
    contest = rows.filter(pk=pk or 0).first()
    if contest is None:
        raise Refused([Gap("submission.no_contest")])
    return contest


def _refuse_closed(contest: Contest, now: datetime) -> None:
    opens_at, closes_at = contest.opens_at, contest.closes_at
    is_here = contest.intake == Contest.Intake.HERE and contest.stage == Contest.Stage.OPEN
    is_open = is_here and opens_at is not None and opens_at <= now
    if not is_open or closes_at is None or now > closes_at:
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


def _replace(returned: Submission, told: Written) -> None:
    """Put a version that was returned behind the next one, which differs in named sections alone.

    Where the rules are others by now they may ask for any section: then every one may differ.
    Raises Refused with the fields of other sections that differ.
    """
    opened = Decision.objects.filter(submission=returned, kind=Decision.Kind.RETURN)
    sections = opened.exclude(done_at=None).order_by("-pk").values_list("sections", flat=True)
    named = [] if is_of_former_rules(returned) else sections.first()
    allowed = set(named or SECTIONS)
    before, after = read_frozen(returned).values, _texts(told)
    gaps = [
        Gap("submission.closed_section", path)
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path) and _section_of(path) not in {*allowed, ""}
    ]
    if gaps:
        raise Refused(gaps)
    returned.stage = Submission.Stage.REPLACED
    returned.save(update_fields=["stage"])


def _section_of(path: str) -> str:
    """The section of the form where a text stands; none of it for who applies."""
    field = path.removeprefix("files/").partition("/")[0]
    return next((name for name, fields in SECTIONS.items() if field in fields), "")


def _next(contest: Contest) -> tuple[int, int]:
    """The next number of a contest, counted under its lock, and the first version."""
    contest.last_number += 1
    contest.save(update_fields=["last_number"])
    return contest.last_number, 1


def _texts(told: Written) -> Mapping[str, str]:
    """Everything that is handed in: texts, files by their digests, who applies.

    Answers to what the contest does not ask, or not by the other answers, are not handed in.
    """
    asked = without_unasked(told.values, told.rules.questions)
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
