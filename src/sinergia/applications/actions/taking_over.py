"""Applications of a contest whose intake is elsewhere: its list is taken over, and goes on here."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.applications.access import may_register
from sinergia.applications.actions.rows import FiledRow
from sinergia.applications.actions.submitting import TITLE, code_of_receipt
from sinergia.applications.models import Application, Frozen, Submission
from sinergia.applications.queries.taking_over import BEFORE
from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import KeptRules, rules_of
from sinergia.engine.pieces import pieces
from sinergia.engine.project import freeze
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import fold
from sinergia.organisations.models import Identifier, Organisation
from sinergia.packs.rules import Rules
from sinergia.people.models import Person
from sinergia.projects.models import DraftField, Project

SCHEMA = "application-elsewhere/1"
MOST = 5_000  # rows of one list
STEP = 500
LONGEST_NUMBER = Submission._meta.get_field("shown_number").max_length or 0  # noqa: SLF001  # Django's own public name
OGRN, INN = Identifier.Scheme.OGRN, Identifier.Scheme.INN
Stage = Contest.Stage


@dataclass(frozen=True)
class Takeover:
    """What would become of a list.

    fresh: rows with the organisation that the register knows by its number. known: were taken over
    before. strange: of an organisation that the register does not know. taken: their number is
    that of another application of the fund. unread: cannot be read.
    """

    fresh: Sequence[tuple[FiledRow, Organisation]] = field(default_factory=list)
    known: int = 0
    strange: Sequence[FiledRow] = field(default_factory=list)
    taken: Sequence[FiledRow] = field(default_factory=list)
    unread: Sequence[FiledRow] = field(default_factory=list)


def takeover_of(contest: Contest, rows: Sequence[FiledRow]) -> Takeover:
    """Look a list through; a number that stands there twice counts once."""
    seen = set(Submission.objects.filter(contest=contest).values_list("shown_number", flat=True))
    owners, others = _owners(rows), _others(contest, rows)
    fresh: list[tuple[FiledRow, Organisation]] = []
    strange, taken, unread, known = [], [], [], 0
    for row in rows:
        owner = owners.get((OGRN, row.ogrn)) or owners.get((INN, row.inn))
        if row.refusal is not None or not row.title or len(row.number) > LONGEST_NUMBER:
            unread.append(row)
        elif row.number in seen:
            known += 1
        elif owner is None:
            strange.append(row)
        elif others.get(row.number, owner.pk) != owner.pk:
            taken.append(row)
        else:
            fresh.append((row, owner))
        seen.add(row.number)
    return Takeover(fresh, known, strange, taken, unread)


@transaction.atomic
def take_over(
    contest: Contest, rows: Sequence[FiledRow], *, actor: Person, now: datetime
) -> Takeover:
    """Take over what of a list is new and whose organisation is known; the rest is told.

    The same list once more adds nothing. Raises Refused for a contest that takes in here, that is
    not open yet, or for a list that is too long.
    """
    rows_of_contests = Contest.objects.select_for_update(of=("self",)).select_related("call")
    contest = rows_of_contests.get(pk=contest.pk)
    kept = rules_to_take_over(contest, rows, actor=actor)
    told = takeover_of(contest, rows)
    if told.fresh:
        made = _submissions(contest, kept.rules, told.fresh, actor=actor, now=now)
        filed = [row for row, _owner in told.fresh]
        Frozen.objects.bulk_create(
            [
                _frozen(one, row, kept.row.pk, kept.rules, actor=actor)
                for one, row in zip(made, filed, strict=True)
            ],
            batch_size=STEP,
        )
        codes: dict[str, str | int] = {"count": len(made)}
        record("contest.taken_over", about=contest.call, actor=actor, at=now, codes=codes)
    return told


def rules_to_take_over(contest: Contest, rows: Sequence[FiledRow], *, actor: Person) -> KeptRules:
    """By which rules a list is taken over. Raises PermissionDenied, and Refused as `take_over`."""
    if not may_register(actor, contest):
        raise PermissionDenied
    kept = rules_of(contest)
    if contest.intake != Contest.Intake.ELSEWHERE or kept is None:
        raise Refused([Gap("taking.here")])
    if contest.stage not in (Stage.OPEN, Stage.CLOSED):
        raise Refused([Gap("taking.not_open")])
    if len(rows) > MOST:
        raise Refused([Gap("taking.too_many", "file", {"most": MOST})])
    return kept


def _submissions(
    contest: Contest,
    rules: Rules,
    fresh: Sequence[tuple[FiledRow, Organisation]],
    *,
    actor: Person,
    now: datetime,
) -> list[Submission]:
    """A submission for each row, counted on from the last one."""
    codes, first = _directions(rules), contest.last_number
    projects = _projects(contest, fresh, actor=actor, now=now)
    contest.last_number += len(fresh)
    contest.save(update_fields=["last_number"])
    made = [
        Submission(
            contest=contest,
            project=project,
            organisation=project.organisation,
            number=first + place,
            version=1,
            shown_number=row.number,
            title=row.title[:TITLE],
            title_folded=fold(row.title)[:TITLE],
            direction=codes.get(fold(row.direction), ""),
            asked_minor=row.asked_minor,
            currency=rules.currency,
            submitted_at=_submitted_at(row, contest, now),
        )
        for place, (project, (row, _owner)) in enumerate(zip(projects, fresh, strict=True), start=1)
    ]
    return Submission.objects.bulk_create(made, batch_size=STEP)


def _projects(
    contest: Contest,
    fresh: Sequence[tuple[FiledRow, Organisation]],
    *,
    actor: Person,
    now: datetime,
) -> list[Project]:
    """A project for each row, of which the title is all that is known here."""
    made = Project.objects.bulk_create(
        [
            Project(
                organisation=owner,
                contest=contest,
                title=row.title,
                title_folded=fold(row.title),
                submitted_as=row.number,
                made_by=actor.key,
                made_at=now,
                changed_at=now,
            )
            for row, owner in fresh
        ],
        batch_size=STEP,
    )
    DraftField.objects.bulk_create(
        [
            DraftField(project=one, path="title", value=one.title, version=1, by=actor.key, at=now)
            for one in made
        ],
        batch_size=STEP,
    )
    return made


def _submitted_at(row: FiledRow, contest: Contest, now: datetime) -> datetime:
    """When it was handed in there, by the clock of the contest; unknown, it is known since now."""
    told = row.submitted
    if told is None:
        return now
    return min(told if told.tzinfo else told.replace(tzinfo=ZoneInfo(contest.time_zone)), now)


def _directions(rules: Rules) -> dict[str, str]:
    """Codes of directions by what a list may call them."""
    return {
        fold(word): one.code
        for one in rules.directions
        for word in (one.code, one.name.ru, one.name.en)
        if word
    }


def _frozen(
    submission: Submission, row: FiledRow, rules_pk: int, rules: Rules, *, actor: Person
) -> Frozen:
    """The row to the letter, every filled cell of it."""
    texts = _texts(submission, row)
    frozen = freeze(SCHEMA, texts, chance=secrets.token_bytes)
    category = rules.category_of(
        submission.asked_minor, months=None, direction=submission.direction
    )
    return Frozen(
        submission=submission,
        rules_id=rules_pk,
        content=frozen.content,
        digest=frozen.digest,
        code=code_of_receipt(),
        category=category.code if category is not None else "",
        own_minor=0,
        submitted_by=actor.key,
    )


def _texts(submission: Submission, row: FiledRow) -> Mapping[str, str]:
    texts = {"title": row.title, "applicant/name": submission.organisation.name}
    if submission.direction:
        texts["direction"] = submission.direction
    return texts | {f"{BEFORE}{name}": text for name, text in row.texts.items()}


def _owners(rows: Sequence[FiledRow]) -> dict[tuple[str, str], Organisation]:
    """Organisations by their verified numbers."""
    pairs = {(OGRN, row.ogrn) for row in rows if row.ogrn}
    pairs |= {(INN, row.inn) for row in rows if row.inn}
    found: dict[tuple[str, str], Organisation] = {}
    for some in pieces(sorted({value for _scheme, value in pairs}), STEP):
        held = Identifier.objects.filter(scheme__in=(OGRN, INN), value__in=some)
        for one in held.select_related("organisation"):
            found[one.scheme, one.value] = one.organisation
    return found


def _others(contest: Contest, rows: Sequence[FiledRow]) -> dict[str, int | None]:
    """Of numbers that the fund knows, whose they are; nobody's where it is another submission's.

    A row of the fund's own table stands in nobody's way as long as nobody knows whose it is.
    """
    known: dict[str, int | None] = {}
    for some in pieces(sorted({row.number for row in rows}), STEP):
        filed = Application.objects.filter(fund=contest.call.fund_id, number__in=some)
        for number, owner, submission in filed.values_list("number", "organisation", "submission"):
            if submission is not None:
                known[number] = None
            elif owner is not None:
                known[number] = owner
    return known
