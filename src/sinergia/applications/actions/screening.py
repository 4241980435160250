"""Applications to a contest held here: registered, returned, admitted or not, by a person.

A decision changes the stage at once and takes effect a while later: then its letter leaves and what
follows from it is written. Until then it can be taken back, and nobody outside has seen it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.applications.access import has_interest, may_register, may_screen
from sinergia.applications.actions.indexing import KIND, findable
from sinergia.applications.models import Application, Decision, Submission
from sinergia.applications.queries.filing import filed_and_won
from sinergia.applications.queries.submissions import is_whole
from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import record
from sinergia.base.search.actions import index_rows
from sinergia.calls.actions import ensure_words
from sinergia.calls.models import Contest, Direction, Outcome
from sinergia.calls.queries.contests import day_of
from sinergia.engine.blind import is_applicant_hidden
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean, fold
from sinergia.notices.actions import tell
from sinergia.organisations.actions import write_counts
from sinergia.organisations.queries.teams import memberships_of
from sinergia.packs.rules.fields import SECTIONS
from sinergia.packs.rules.frozen import thawed
from sinergia.people.actions import command_person
from sinergia.people.models import Person
from sinergia.people.queries import account_by

PATIENCE = timedelta(minutes=10)  # in which a decision can be taken back
Kind, Stage = Decision.Kind, Submission.Stage
FROM: Mapping[str, tuple[str, ...]] = {  # stages in which a decision may be taken
    Kind.RETURN: (Stage.SUBMITTED,),
    Kind.REGISTER: (Stage.SUBMITTED, Stage.RETURNED),  # what came back: once nobody can mend it
    Kind.ADMIT: (Stage.REGISTERED,),
    Kind.REFUSE: (Stage.REGISTERED,),
}
TO: Mapping[str, str] = {
    Kind.RETURN: Stage.RETURNED,
    Kind.REGISTER: Stage.REGISTERED,
    Kind.ADMIT: Stage.ADMITTED,
    Kind.REFUSE: Stage.NOT_ADMITTED,
}
TOLD: Mapping[str, str] = {  # the message to those who applied
    Kind.RETURN: "applications.returned",
    Kind.REGISTER: "applications.registered",
    Kind.ADMIT: "applications.admitted",
    Kind.REFUSE: "applications.not_admitted",
}
DECIDED: Mapping[str, str] = {  # what the journal says of a decision
    Kind.RETURN: "submission.returned",
    Kind.REGISTER: "submission.registered",
    Kind.ADMIT: "submission.admitted",
    Kind.REFUSE: "submission.not_admitted",
}


@dataclass(frozen=True)
class Given:
    """A decision. seen: the stage that the page showed. sections: that may be corrected."""

    kind: str
    seen: str
    words: str = ""
    clause: str = ""
    sections: Sequence[str] = ()


@transaction.atomic
def decide(submission: Submission, given: Given, *, actor: Person, now: datetime) -> Decision:
    """Decide about a submission. Of two at once the second sees what the first decided.

    Raises Refused where somebody else has decided meanwhile, or where a ground is missing.
    """
    contest = Contest.objects.select_for_update().get(pk=submission.contest_id)
    row = _locked(submission)
    _need_duty(row, given.kind, actor)
    _refuse(list(_gaps(row, contest, given, now)))
    made = Decision.objects.create(
        submission=row,
        kind=given.kind,
        before=row.stage,
        clause=given.clause if given.kind == Kind.REFUSE else "",
        words=clean(given.words).strip(),
        sections=[name for name in given.sections if name in SECTIONS],
        by=actor.key,
        at=now,
        takes_effect_at=now + PATIENCE,
    )
    row.stage = TO[given.kind]
    if given.kind == Kind.REGISTER and row.entry is None:
        contest.last_entry += 1
        contest.save(update_fields=["last_entry"])
        row.entry = contest.last_entry
    row.save(update_fields=["stage", "entry"])
    codes: dict[str, str | int] = {"number": row.shown_number}
    record(DECIDED[given.kind], about=row, actor=actor, at=now, codes=codes)
    promise("applications.carry_out", now=now, after=PATIENCE, key=made.key)
    return made


@transaction.atomic
def take_back(decision: Decision, *, actor: Person, now: datetime) -> None:
    """Take a decision back before its letter leaves. Pressing twice is harmless.

    Raises Refused where the letter has left.
    """
    row = _locked(decision.submission)
    _need_duty(row, decision.kind, actor)
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    if decision.taken_back_at is not None:
        return
    if decision.done_at is not None:
        raise Refused([Gap("decision.told")])
    decision.taken_back_at = now
    decision.save(update_fields=["taken_back_at"])
    row.stage = decision.before
    row.save(update_fields=["stage"])
    codes: dict[str, str | int] = {"number": row.shown_number}
    record("submission.decision_taken_back", about=row, actor=actor, at=now, codes=codes)


@transaction.atomic
def carry_out(decision: Decision, *, now: datetime) -> None:
    """Write what follows from a decision and tell those who applied; done twice it is done once."""
    row = _locked(decision.submission)
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    if decision.taken_back_at is not None or decision.done_at is not None:
        return
    if not row.contest.is_training:
        _enter(row, decision)
    decision.done_at = now
    decision.save(update_fields=["done_at"])
    actor = account_by(decision.by) or command_person(now)
    record("submission.decision_told", about=row, actor=actor, at=now)
    for member in memberships_of(row.organisation):
        tell(
            member.person,
            TOLD[decision.kind],
            now=now,
            about=row,
            url=reverse("applications:submission", args=[row.key]),
            urgent=decision.kind in (Kind.RETURN, Kind.REFUSE),  # there is a term to answer in
            number=row.shown_number,
            title=row.title,
            words=decision.words,
            ground=_ground(row, decision, member.person.language),
        )


def enter(row: Submission) -> Application:
    """Its row among all applications, which everybody sees; part of an action, done once.

    Made when it is registered; where the rules hide from experts who applied, at the decision.
    """
    if row.application is not None:
        return row.application
    organisation, call = row.organisation, row.contest.call
    # A list of the fund may have brought the row before.
    row.application, _is_new = Application.objects.get_or_create(
        fund=call.fund,
        number=row.shown_number,
        defaults={
            "organisation": organisation,
            "call": call,
            "contest_year": call.contest_year,
            "title": row.title,
            "title_folded": row.title_folded,
            "direction": _direction(row),
            "region": organisation.region,
            "municipality": organisation.municipality,
            "asked_minor": row.asked_minor,
            "currency": row.currency,
            "outcome": Outcome.PENDING,
        },
    )
    row.save(update_fields=["application"])
    words = {"title": row.title, "number": row.shown_number, "organisation": organisation.name}
    index_rows(KIND, [findable(row.application.pk, **words)], is_new=_is_new)
    return row.application


def _enter(row: Submission, decision: Decision) -> None:
    """Made when it is registered, marked when it is refused."""
    is_hidden = is_applicant_hidden(thawed(bytes(row.frozen.rules.content)))
    if decision.kind == Kind.REGISTER and not is_hidden:
        enter(row)
    elif decision.kind == Kind.REFUSE:
        application = enter(row)
        application.outcome = Outcome.NOT_ADMITTED
        application.decided_on = day_of(decision.at, row.contest)
        application.save(update_fields=["outcome", "decided_on"])
    else:
        return
    filed, won = filed_and_won()
    write_counts([row.organisation_id], filed=filed, won=won)


def _need_duty(row: Submission, kind: str, actor: Person) -> None:
    """Raise PermissionDenied without the duty, Refused for whoever acts for the organisation."""
    may = may_register if kind == Kind.REGISTER else may_screen
    if not may(actor, row.contest):
        raise PermissionDenied
    if has_interest(actor, row.organisation):
        raise Refused([Gap("decision.own")])


def _gaps(row: Submission, contest: Contest, given: Given, now: datetime) -> Iterator[Gap]:
    if row.stage != given.seen or row.stage not in FROM[given.kind]:
        yield Gap("decision.meanwhile")
    elif row.decisions.filter(taken_back_at=None, done_at=None).exists():
        yield Gap("decision.waits")
    elif not is_whole(row):
        yield Gap("decision.broken")
    else:
        yield from _missing(row, contest, given, now)


def is_over(contest: Contest, now: datetime) -> bool:
    """Whether the intake has ended: what came back stays as it was handed in, in time."""
    return contest.closes_at is None or now > contest.closes_at


def is_late_to_return(contest: Contest, now: datetime) -> bool:
    """Whether the letter would come after the end: nobody could mend what was in time before."""
    return contest.closes_at is None or now + PATIENCE >= contest.closes_at


def kinds_open(row: Submission, contest: Contest, now: datetime) -> list[str]:
    """Decisions that may be taken of a submission as it stands; duties are asked apart."""
    if row.stage == Stage.RETURNED and not is_over(contest, now):
        return []
    # What was handed in elsewhere is mended there.
    may_return = contest.intake == Contest.Intake.HERE and not is_late_to_return(contest, now)
    found = [kind for kind, before in FROM.items() if row.stage in before]
    return [kind for kind in found if kind != Kind.RETURN or may_return]


def _missing(row: Submission, contest: Contest, given: Given, now: datetime) -> Iterator[Gap]:
    """What a decision of its kind has to say."""
    grounds = {one.code for one in thawed(bytes(row.frozen.rules.content)).refusals}
    if given.kind == Kind.REFUSE and given.clause not in grounds:
        yield Gap("decision.no_clause", "clause")
    if given.kind in (Kind.REFUSE, Kind.RETURN) and not given.words.strip():
        yield Gap("decision.no_words", "words")
    if row.stage == Stage.RETURNED and not is_over(contest, now):
        yield Gap("decision.may_be_mended")
    if given.kind == Kind.RETURN and not given.sections:
        yield Gap("decision.no_sections", "sections")
    if given.kind == Kind.RETURN and contest.intake != Contest.Intake.HERE:
        yield Gap("decision.elsewhere")
    elif given.kind == Kind.RETURN and is_late_to_return(contest, now):
        yield Gap("decision.intake_over")


def _direction(row: Submission) -> Direction | None:
    """The fund's direction of this name, made where the fund had none."""
    rules = thawed(bytes(row.frozen.rules.content))
    names = [one.name.ru for one in rules.directions if one.code == row.direction]
    asked = {fold(name): name for name in names}
    words = ensure_words(row.contest.call.fund, directions=asked, statuses={}, calls={})
    return next(iter(words.directions.values()), None)


def _ground(row: Submission, decision: Decision, language: str) -> str:
    """The ground of a refusal as the act words it, with its clause."""
    rules = thawed(bytes(row.frozen.rules.content))
    found = next((one for one in rules.refusals if one.code == decision.clause), None)
    return f"{found.text.told(language)} ({found.clause})" if found is not None else ""


def _locked(submission: Submission) -> Submission:
    rows = Submission.objects.select_for_update(of=("self",))
    rows = rows.select_related("contest__call__fund", "contest__centre", "organisation")
    return rows.get(pk=submission.pk)


def _refuse(gaps: Sequence[Gap]) -> None:
    if gaps:
        raise Refused(gaps)
