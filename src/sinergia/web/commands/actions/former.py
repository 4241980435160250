"""The demo's contest of the year before as it was taken in, by rows that its day would have made.

The fund's list has brought its call and its applications; here is what was handed in to it.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from sinergia.applications.actions.submitting import SCHEMA, code_of_receipt
from sinergia.applications.models import Application, Confirmation, Decision, Frozen, Submission
from sinergia.base.journal.actions import record
from sinergia.calls.models import Call, Contest, ContestRules
from sinergia.engine.drafts import ORDER
from sinergia.engine.project import Document, freeze, read_document
from sinergia.engine.seal import canonical
from sinergia.engine.text import fold
from sinergia.organisations.actions.teams import join_team
from sinergia.organisations.models import Centre, Identifier, Organisation
from sinergia.organisations.queries.identifiers import numbers_of, organisation_by_number
from sinergia.organisations.queries.teams import memberships_of
from sinergia.packs.rules import Rules
from sinergia.packs.rules.frozen import values_of
from sinergia.people.actions import invent_person
from sinergia.people.models import Person
from sinergia.projects.models import DraftField, Project
from sinergia.web.commands.drafting import texts_of
from sinergia.web.commands.queries import call_told
from sinergia.web.demo import decided as told
from sinergia.web.demo import stock
from sinergia.web.demo.decided import Decided
from sinergia.web.demo.grants import NOT_ADMITTED, WITHDRAWN
from sinergia.web.demo.story import Demo

Kind, Stage = Decision.Kind, Submission.Stage
LATE = 0.4  # half of all come in the last fifth of an intake, as in the year after
PAPER = timedelta(hours=3)  # from the submission to its paper


@dataclass(frozen=True)
class Handed:
    """An application with whose it is, and what it says by path."""

    one: Decided
    organisation: Organisation
    leader: Person
    application: Application
    texts: Mapping[str, str]
    document: Document
    at: datetime


@dataclass(frozen=True)
class Former:
    """Who held the contest of the year before, and what it is made of."""

    demo: Demo
    centre: Centre
    head: Person
    screener: Person
    me: Person

    @cached_property
    def call(self) -> Call:
        """As the fund's list has it."""
        return call_told(told.FUND, told.YEAR)

    @cached_property
    def rules(self) -> Rules:
        """By which it was held."""
        return told.rules_of_2025()

    def moment(self, told_at: str) -> datetime:
        """A moment of the story in the zone of the centre."""
        return datetime.fromisoformat(told_at).replace(tzinfo=ZoneInfo(self.centre.time_zone))

    def take_in(self) -> Contest:
        """Make the contest with everything that was handed in to it and screened."""
        contest, rules = self._contest()
        handed = list(self._handed(contest))
        submissions = self._submissions(contest, handed)
        Frozen.objects.bulk_create(
            frozen_of(row, one, rules, self.rules)
            for row, one in zip(submissions, handed, strict=True)
        )
        registered = self.moment(told.CLOSED).replace(hour=11) + timedelta(days=3)
        Screening(self.screener, registered, self.moment(told.ADMITTED)).run(submissions, handed)
        codes: dict[str, str | int] = {"rules": self.rules.code}
        record("contest.made", about=self.call, actor=self.head, at=rules.made_at, codes=codes)
        return contest

    def _contest(self) -> tuple[Contest, ContestRules]:
        opens_at, words = self.moment(told.OPENED), stock.review()["decided"]
        contest = Contest.objects.create(
            call=self.call,
            centre=self.centre,
            stage=Contest.Stage.CLOSED,
            time_zone=self.centre.time_zone,
            opens_at=opens_at,
            closes_at=self.moment(told.CLOSED),
            budget_minor=told.BUDGET_MINOR,
            about=words["about"].strip(),
            **told.DAYS,
        )
        values = values_of(self.rules)
        content = canonical({"schema": values.pop("schema"), "values": values})
        rules = ContestRules.objects.create(
            contest=contest,
            version=1,
            content=content,
            digest=sha256(content).hexdigest(),
            made_at=opens_at - timedelta(days=20),
            made_by=self.head,
            frozen_at=opens_at,
        )
        return contest, rules

    def _handed(self, contest: Contest) -> Iterator[Handed]:
        named = {}
        for row in self.demo.grants_of(told.FUND):
            owner = organisation_by_number(row.ogrn, "") if row.contest_year == told.YEAR else None
            if owner is not None:
                named[row.ogrn] = owner
        leaders = {ogrn: self._leader_of(owner) for ogrn, owner in named.items()}
        names = {ogrn: one.name for ogrn, one in leaders.items() if one is not None}
        every = told.decided(self.demo, names)
        there = {one.number: one for one in Application.objects.filter(call=self.call)}
        for one in every:
            ogrn = one.row.ogrn
            owner, leader = named[ogrn], leaders[ogrn]
            if leader is None:
                leader = leaders[ogrn] = self._join(owner, one)
            said = texts_of(told.told_of(one), contest)
            texts = with_places({str(path): text for path, text in said})
            document = read_document(texts, currency=self.rules.currency)
            at = self._handed_in(one.number, len(every))
            yield Handed(one, owner, leader, there[one.row.number], texts, document, at)

    def _leader_of(self, owner: Organisation) -> Person | None:
        first = memberships_of(owner).first()
        return first.person if first is not None and first.role == "leader" else None

    def _join(self, owner: Organisation, one: Decided) -> Person:
        at = self.moment(told.OPENED)
        person = invent_person(
            one.applying.email, one.applying.leader, is_administrator=False, actor=self.me, now=at
        )
        join_team(owner, person, "leader", actor=self.me, now=at)
        return person

    def _handed_in(self, number: int, of: int) -> datetime:
        opens_at, closes_at = self.moment(told.OPENED), self.moment(told.CLOSED)
        at = opens_at + (closes_at - opens_at) * (number / (of + 1)) ** LATE
        midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
        awake: datetime = midnight + timedelta(hours=8) + (at - midnight) * 0.65
        return min(awake, closes_at)

    def _submissions(self, contest: Contest, handed: Sequence[Handed]) -> list[Submission]:
        projects = _projects(contest, handed)
        return Submission.objects.bulk_create(
            self._submission(contest, project, one, at)
            for at, (project, one) in enumerate(zip(projects, handed, strict=True), start=1)
        )

    def _submission(
        self, contest: Contest, project: Project, one: Handed, entry: int
    ) -> Submission:
        status = one.one.row.status
        stage = {NOT_ADMITTED: Stage.NOT_ADMITTED, WITHDRAWN: Stage.WITHDRAWN}.get(
            status, Stage.ADMITTED
        )
        is_withdrawn = stage == Stage.WITHDRAWN
        contest.last_number, contest.last_entry = entry, entry
        return Submission(
            contest=contest,
            project=project,
            organisation=one.organisation,
            number=one.one.number,
            version=1,
            shown_number=one.one.row.number,
            title=one.one.row.title,
            title_folded=fold(one.one.row.title),
            direction=one.texts["direction"],
            asked_minor=one.document.asked_minor,
            currency=self.rules.currency,
            stage=stage,
            submitted_at=one.at,
            withdrawn_at=one.at + timedelta(hours=5) if is_withdrawn else None,
            entry=entry,
            application=one.application,
        )


def _projects(contest: Contest, handed: Sequence[Handed]) -> list[Project]:
    """Projects with all their texts."""
    projects = Project.objects.bulk_create(
        Project(
            key=uuid5(NAMESPACE_URL, f"demo {one.one.row.number}"),
            organisation=one.organisation,
            contest=contest,
            title=one.one.row.title,
            title_folded=fold(one.one.row.title),
            submitted_as=one.one.row.number,
            direction=one.texts["direction"],
            to_mend=0,
            made_by=one.leader.key,
            made_at=one.at - timedelta(days=9),
            changed_at=one.at,
        )
        for one in handed
    )
    DraftField.objects.bulk_create(
        (
            DraftField(
                project=project, path=path, value=text, version=1, by=one.leader.key, at=one.at
            )
            for project, one in zip(projects, handed, strict=True)
            for path, text in one.texts.items()
        ),
        batch_size=500,
    )
    return projects


def frozen_of(row: Submission, one: Handed, kept: ContestRules, rules: Rules) -> Frozen:
    """What was handed in, to the byte, as `applications.actions.submitting` freezes it."""
    texts = {path: text for path, text in one.texts.items() if text.strip()}
    texts["applicant/name"] = one.organisation.name
    for number in numbers_of(one.organisation):
        if number.scheme in (Identifier.Scheme.OGRN, Identifier.Scheme.INN):
            texts[f"applicant/{number.scheme}"] = number.value
    frozen = freeze(SCHEMA, texts, chance=secrets.token_bytes)
    months, direction = one.document.months, row.direction
    category = rules.category_of(row.asked_minor, months=months, direction=direction)
    return Frozen(
        submission=row,
        rules=kept,
        content=frozen.content,
        digest=frozen.digest,
        code=code_of_receipt(),
        category=category.code if category is not None else "",
        own_minor=one.document.own_minor,
        submitted_by=one.leader.key,
    )


@dataclass(frozen=True)
class Screening:
    """Who screened what was handed in, and when."""

    by: Person
    registered: datetime
    admitted: datetime

    def run(self, submissions: Sequence[Submission], handed: Sequence[Handed]) -> None:
        """Papers that came, and what was decided about each."""
        still = [
            (row, one)
            for row, one in zip(submissions, handed, strict=True)
            if row.stage != Stage.WITHDRAWN
        ]
        Confirmation.objects.bulk_create(
            Confirmation(
                submission=row,
                way=Confirmation.Way.PAPER,
                received_on=one.at.date(),
                by=self.by.key,
                at=one.at + PAPER,
            )
            for row, one in still
        )
        Decision.objects.bulk_create(made for row, _one in still for made in self._decisions(row))
        contest = submissions[0].contest
        contest.save(update_fields=["last_number", "last_entry"])

    def _decisions(self, row: Submission) -> Iterator[Decision]:
        registered, admitted = self.registered, self.admitted + timedelta(minutes=row.number)
        yield self._decision(row, Kind.REGISTER, Stage.SUBMITTED, registered)
        if row.stage == Stage.ADMITTED:
            yield self._decision(row, Kind.ADMIT, Stage.REGISTERED, admitted)
            return
        refused = stock.review()["decided"]["refused"]
        made = self._decision(row, Kind.REFUSE, Stage.REGISTERED, admitted)
        made.clause, made.words = refused["clause"], refused["words"]
        yield made

    def _decision(self, row: Submission, kind: str, before: str, at: datetime) -> Decision:
        done_at = at + timedelta(minutes=10)
        return Decision(
            submission=row,
            kind=kind,
            before=before,
            by=self.by.key,
            at=at,
            takes_effect_at=done_at,
            done_at=done_at,
        )


def with_places(texts: Mapping[str, str]) -> dict[str, str]:
    """The same with the place of every row among the others of its field."""
    seen: dict[str, list[str]] = {}
    for path in texts:
        field, row = (*path.split("/"), "")[:2]
        if row and row not in seen.setdefault(field, []):
            seen[field].append(row)
    places = {
        f"{field}/{row}/{ORDER}": str(at)
        for field, rows in seen.items()
        for at, row in enumerate(rows, start=1)
    }
    return {**texts, **places}
