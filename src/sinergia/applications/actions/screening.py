"""Applications to a contest held here: registered, returned, admitted or not, by a person.

A decision changes the stage at once and takes effect a while later: then its letter leaves and what
follows from it is written. Until then it can be taken back, and nobody outside has seen it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.applications.access import has_interest, may_register, may_screen
from sinergia.applications.actions.spine import count_anew, enter, note_outcome, take_out
from sinergia.applications.models import Decision, Submission
from sinergia.applications.queries.correcting import correction_by, may_be_mended
from sinergia.applications.queries.submissions import is_whole
from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest, Outcome
from sinergia.calls.queries.contests import rules_kept
from sinergia.engine.blind import is_applicant_hidden
from sinergia.engine.contest import correct_by
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean
from sinergia.notices.actions import tell
from sinergia.organisations.queries.teams import memberships_of
from sinergia.packs.rules.fields import SECTIONS
from sinergia.people.actions import command_person
from sinergia.people.models import Person
from sinergia.people.queries import account_by
from sinergia.projects.actions.starting import note_came_back, note_submitted
from sinergia.projects.models import Project

PATIENCE = timedelta(minutes=10)  # in which a decision can be taken back
Kind, Stage = Decision.Kind, Submission.Stage
FROM: Mapping[str, tuple[str, ...]] = {  # stages in which a decision may be taken
    Kind.RETURN: (Stage.SUBMITTED, Stage.RETURNED),  # once more: to open more sections
    Kind.REGISTER: (Stage.SUBMITTED, Stage.RETURNED),  # what came back: once nobody can mend it
    Kind.ADMIT: (Stage.REGISTERED,),
    Kind.REFUSE: (Stage.REGISTERED,),
    Kind.WITHDRAW: (Stage.SUBMITTED, Stage.RETURNED, Stage.REGISTERED, Stage.ADMITTED),
}
OPERATORS = (Kind.REGISTER, Kind.WITHDRAW)  # decisions of operators alone
TO: Mapping[str, str] = {  # at once; a withdrawn one leaves with its letter
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
    Kind.WITHDRAW: "applications.withdrawn",
}
DECIDED: Mapping[str, str] = {  # what the journal says of a decision
    Kind.RETURN: "submission.returned",
    Kind.REGISTER: "submission.registered",
    Kind.ADMIT: "submission.admitted",
    Kind.REFUSE: "submission.not_admitted",
    Kind.WITHDRAW: "submission.withdrawal_noted",
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
        until=_until(row, contest, now) if given.kind == Kind.RETURN else None,
        takes_effect_at=now + PATIENCE,
    )
    row.stage = TO.get(given.kind, row.stage)
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
def carry_out(
    decision: Decision, *, now: datetime, said: Mapping[str, Mapping[str, str]] | None = None
) -> None:
    """Write what follows from a decision and tell those who applied; done twice it is done once.

    said: what the letter names beside the decision, by language. Of what was submitted again or
    withdrawn meanwhile nothing follows, nor of a withdrawal once the result is told.
    """
    contest = Contest.objects.select_for_update().get(pk=decision.submission.contest_id)
    list(Project.objects.select_for_update().filter(pk=decision.submission.project_id))
    row = _locked(decision.submission)
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    if decision.taken_back_at is not None or decision.done_at is not None:
        return
    is_late = decision.kind == Kind.WITHDRAW and contest.results_at is not None
    if is_late or row.stage != TO.get(decision.kind, decision.before):
        decision.taken_back_at = now
        decision.save(update_fields=["taken_back_at"])
        codes: dict[str, str | int] = {"number": row.shown_number}
        record(
            "submission.decision_taken_back",
            about=row,
            actor=command_person(now),
            at=now,
            codes=codes,
        )
        return
    if decision.kind == Kind.WITHDRAW:
        take_out(row, now=now)
    else:
        _note(row, decision, now=now)
    decision.done_at = now
    decision.save(update_fields=["done_at"])
    actor = account_by(decision.by) or command_person(now)
    record("submission.decision_told", about=row, actor=actor, at=now)
    _tell(row, decision, said or {}, now=now)


def _tell(
    row: Submission,
    decision: Decision,
    said: Mapping[str, Mapping[str, str]],
    *,
    now: datetime,
) -> None:
    for member in memberships_of(row.organisation):
        language = member.person.language
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
            ground=_ground(row, decision, language),
            **said.get(language, {}),
        )


def _note(row: Submission, decision: Decision, *, now: datetime) -> None:
    """The project knows what came back of it; its row among all applications the rest."""
    if decision.kind == Kind.RETURN:
        told = correction_by(row, decision)
        note_came_back(row.project, told.sections, until=decision.until, now=now)
    else:
        note_submitted(row.project, row.shown_number)
    if not row.contest.is_training:
        _enter(row, decision)


def _enter(row: Submission, decision: Decision) -> None:
    """Made when it is registered, marked when it is refused."""
    is_hidden = is_applicant_hidden(rules_kept(row.frozen.rules))
    if decision.kind == Kind.REGISTER and not is_hidden:
        enter(row)
        count_anew(row)
    elif decision.kind == Kind.REFUSE:
        note_outcome(row, enter(row), Outcome.NOT_ADMITTED, now=decision.at)


def _need_duty(row: Submission, kind: str, actor: Person) -> None:
    """Raise PermissionDenied without the duty, Refused for whoever acts for the organisation."""
    may = may_register if kind in OPERATORS else may_screen
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


def is_late_to_return(row: Submission, contest: Contest, now: datetime) -> bool:
    """Whether the letter would come after the end, and the rules give no days of their own.

    Once the result is told nothing is corrected any more.
    """
    if contest.results_at is not None:
        return True
    if rules_kept(row.frozen.rules).registration.correction_workdays is not None:
        return False
    return contest.closes_at is None or now + PATIENCE >= contest.closes_at


def kinds_open(row: Submission, contest: Contest, now: datetime) -> list[str]:
    """Decisions that may be taken of a submission as it stands; duties are asked apart."""
    # What was handed in elsewhere is mended there.
    is_here = contest.intake == Contest.Intake.HERE
    shut: Mapping[str, bool] = {
        Kind.RETURN: not is_here or is_late_to_return(row, contest, now),
        Kind.REGISTER: may_be_mended(row, now),
        Kind.WITHDRAW: contest.results_at is not None,
    }
    found = [kind for kind, before in FROM.items() if row.stage in before]
    return [kind for kind in found if not shut.get(kind, False)]


def _missing(row: Submission, contest: Contest, given: Given, now: datetime) -> Iterator[Gap]:
    """What a decision of its kind has to say."""
    grounds = {one.code for one in rules_kept(row.frozen.rules).refusals}
    if given.kind == Kind.REFUSE and given.clause not in grounds:
        yield Gap("decision.no_clause", "clause")
    if given.kind in (Kind.REFUSE, Kind.RETURN, Kind.WITHDRAW) and not given.words.strip():
        yield Gap("decision.no_words", "words")
    if given.kind == Kind.REGISTER and may_be_mended(row, now):
        yield Gap("decision.may_be_mended")
    if given.kind == Kind.WITHDRAW and contest.results_at is not None:
        yield Gap("decision.results_out")
    if given.kind == Kind.RETURN:
        yield from _not_to_return(row, contest, given, now)


def _not_to_return(row: Submission, contest: Contest, given: Given, now: datetime) -> Iterator[Gap]:
    if not given.sections:
        yield Gap("decision.no_sections", "sections")
    if contest.intake != Contest.Intake.HERE:
        yield Gap("decision.elsewhere")
    elif is_late_to_return(row, contest, now):
        yield Gap("decision.intake_over")


def _until(row: Submission, contest: Contest, now: datetime) -> datetime | None:
    """The last of the working days that the rules give for a correction; none without them."""
    days = rules_kept(row.frozen.rules).registration.correction_workdays
    return correct_by(now + PATIENCE, days, ZoneInfo(contest.time_zone)) if days else None


def _ground(row: Submission, decision: Decision, language: str) -> str:
    """The ground of a refusal as the act words it, with its clause."""
    rules = rules_kept(row.frozen.rules)
    found = next((one for one in rules.refusals if one.code == decision.clause), None)
    return f"{found.text.told(language)} ({found.clause})" if found is not None else ""


def _locked(submission: Submission) -> Submission:
    rows = Submission.objects.select_for_update(of=("self",))
    rows = rows.select_related("contest__call__fund", "contest__centre", "organisation")
    return rows.get(pk=submission.pk)


def _refuse(gaps: Sequence[Gap]) -> None:
    if gaps:
        raise Refused(gaps)
