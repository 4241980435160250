"""Questions about a contest: asked, answered for everybody, corrected, hidden with a reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.base.journal.actions import record
from sinergia.calls import access
from sinergia.calls.actions.contests import refuse_if
from sinergia.calls.models import Contest, ContestQuestion
from sinergia.calls.queries.questions import (
    A_DAY,
    PARTS,
    asked_lately,
    may_ask_now,
    unseen_word_of,
)
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean, fold
from sinergia.notices.actions import see, tell
from sinergia.organisations.queries.teams import staff_rows
from sinergia.people.models import Person

LONGEST_QUESTION, LONGEST_ANSWER, LONGEST_REASON = 2_000, 5_000, 1_000  # characters
MOST_A_DAY = 10  # questions of one person


@dataclass(frozen=True)
class Published:
    """A question as it is published and its answer. seen: the version that the page showed."""

    wording: str
    answer: str
    seen: int


@transaction.atomic
def ask_question(contest: Contest, text: str, *, actor: Person, now: datetime) -> ContestQuestion:
    """Ask about a contest and tell its centre; the same words again are the same question.

    Raises Refused where nothing is asked, too much, too often, or after the intake.
    """
    Person.objects.select_for_update().get(pk=actor.pk)  # pressed twice it is written once
    asked = clean(text).strip()
    known = contest.questions.filter(asked_by=actor, asked=asked).first()
    if known is not None:
        return known
    contest = Contest.objects.select_related("call", "centre").get(pk=contest.pk)
    if contest.is_training or not may_ask_now(contest, now):
        raise Refused([Gap("question.closed")])
    refuse_if(_faults(asked, "question", LONGEST_QUESTION))
    if asked_lately(actor, now=now) >= MOST_A_DAY:
        raise Refused([Gap("question.too_many", "question", {"most": MOST_A_DAY})])
    made = ContestQuestion.objects.create(
        contest=contest, asked_by=actor, asked_at=now, asked=asked, changed_at=now
    )
    record("contest.question_asked", about=made, actor=actor, at=now)
    _tell_centre(contest, actor=actor, now=now)
    return made


@transaction.atomic
def answer_question(
    question: ContestQuestion, given: Published, *, actor: Person, now: datetime
) -> ContestQuestion:
    """Publish a question with its answer, or correct what is published; whoever asked is told.

    What stood before is kept. Of two who answer at once the second is refused and sees why.
    """
    row = _locked(question, actor)
    wording, answer = clean(given.wording).strip(), clean(given.answer).strip()
    is_public = row.answered_at is not None and row.hidden_at is None
    if is_public and (row.wording, row.answer) == (wording, answer):
        return row
    refuse_if(_faults(wording, "wording", LONGEST_QUESTION))
    refuse_if(_faults(answer, "answer", LONGEST_ANSWER))
    _refuse_meanwhile(row, given.seen)
    is_correction = row.answered_at is not None
    if is_correction and (row.wording, row.answer) != (wording, answer):
        _keep_former(row, actor=actor, now=now)
        row.corrected_at = now
    row.answered_at = row.answered_at or now
    row.wording, row.answer, row.folded = wording, answer, fold(f"{wording} {answer}")
    row.hidden_at, row.hidden_reason = None, ""
    _save(row, now=now)
    _leave_off(row.contest, now=now)
    if is_correction:
        record("contest.answer_corrected", about=row, actor=actor, at=now)
    else:
        record("contest.question_answered", about=row, actor=actor, at=now)
    code = "calls.answer_corrected" if is_correction else "calls.question_answered"
    _tell(row, code, now=now, question=wording, answer=answer)
    return row


@transaction.atomic
def hide_question(
    question: ContestQuestion, reason: str, *, seen: int, actor: Person, now: datetime
) -> ContestQuestion:
    """Keep a question from the page of its contest; whoever asked is told why."""
    row = _locked(question, actor)
    told = clean(reason).strip()
    if row.hidden_at is not None and row.hidden_reason == told:
        return row
    refuse_if(_faults(told, "reason", LONGEST_REASON))
    _refuse_meanwhile(row, seen)
    row.hidden_at, row.hidden_reason = now, told
    _save(row, now=now)
    _leave_off(row.contest, now=now)
    record("contest.question_hidden", about=row, actor=actor, at=now)
    _tell(row, "calls.question_hidden", now=now, question=row.asked, reason=told)
    return row


def _faults(text: str, path: str, longest: int) -> Iterator[Gap]:
    if not text:
        yield Gap("question.empty", path)
    elif len(text) > longest:
        yield Gap("question.too_long", path, {"longest": longest})


def _refuse_meanwhile(row: ContestQuestion, seen: int) -> None:
    if row.version != seen:
        raise Refused([Gap("question.meanwhile")])


def _locked(question: ContestQuestion, actor: Person) -> ContestQuestion:
    rows = ContestQuestion.objects.select_for_update(of=("self",))
    rows = rows.select_related("contest__call", "contest__centre", "asked_by")
    row = rows.get(pk=question.pk)
    if not access.may_answer(actor, row.contest.centre):
        raise PermissionDenied
    return row


def _keep_former(row: ContestQuestion, *, actor: Person, now: datetime) -> None:
    row.former.create(
        wording=row.wording, answer=row.answer, replaced_at=now, replaced_by=actor.key
    )


def _save(row: ContestQuestion, *, now: datetime) -> None:
    row.version, row.changed_at = row.version + 1, now
    row.save(
        update_fields=[
            "wording",
            "answer",
            "folded",
            "answered_at",
            "corrected_at",
            "hidden_at",
            "hidden_reason",
            "changed_at",
            "version",
        ]
    )


def _tell(row: ContestQuestion, code: str, *, now: datetime, **values: str) -> None:
    call = row.contest.call
    url = reverse("calls:contest", args=[call.key]) + "#questions-title"
    values["contest"] = call.name
    tell(row.asked_by, code, now=now, about=row, url=url, urgent=False, **values)


def _tell_centre(contest: Contest, *, actor: Person, now: datetime) -> None:
    """Tell whoever may answer that something waits; not again within a day of an unseen word."""
    fresh = unseen_word_of(contest).filter(made_at__gt=now - A_DAY)
    told = {actor.pk, *fresh.values_list("person", flat=True)}
    call = contest.call
    url = reverse("calls:asked", args=[call.key])
    for row in staff_rows(contest.centre).exclude(person__in=told):
        tell(row.person, "calls.question_waits", now=now, about=call, url=url, contest=call.name)


def _leave_off(contest: Contest, *, now: datetime) -> None:
    """Where nothing waits any more, nobody needs to look at the word that something does."""
    if not contest.questions.filter(**PARTS["waiting"]).exists():
        see(unseen_word_of(contest), now=now)
