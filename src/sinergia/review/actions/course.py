"""The operator's acts while sheets are written: a term, reminders, other experts, a return."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import day_of
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.shown import date_shown
from sinergia.engine.text import clean
from sinergia.notices.actions import tell
from sinergia.packs.rules.schema import Rules
from sinergia.people.models import Person
from sinergia.review.access import OPEN
from sinergia.review.actions.apart import need_apart
from sinergia.review.actions.locking import run_locked
from sinergia.review.actions.rating import recount
from sinergia.review.models import Award, Course, Examination, Expert, Sheet
from sinergia.review.queries.calling import Need, is_barred, needs_of, room_of
from sinergia.review.queries.costs import affinity_of
from sinergia.review.queries.course import term_of
from sinergia.review.queries.reminding import reminding_of

Stage = Sheet.Stage
MISSING = "missing"


@transaction.atomic
def set_term(contest: Contest, day: date, *, actor: Person, now: datetime) -> Course:
    """Say by which day sheets are to be signed; the day itself is in time.

    Raises Refused for a day that has passed.
    """
    held = run_locked(contest, actor)
    course = Course.objects.filter(contest=held).first() or Course(contest=held)
    if course.sheets_by == day:
        return course
    if day < (day_of(now, held) or now.date()):
        raise Refused([Gap("course.past", "day")])
    course.sheets_by = day
    course.save()
    codes: dict[str, str | int] = {"day": day.isoformat()}
    record("review.term_set", about=held.call, actor=actor, at=now, codes=codes)
    return course


@transaction.atomic
def remind_experts(
    contest: Contest, keys: Sequence[str], *, actor: Person, now: datetime
) -> list[Expert]:
    """Remind chosen experts of what they have not signed, each once a day; give who was told."""
    held = run_locked(contest, actor)
    term, told = term_of(held), []
    for expert, left in reminding_of(held, keys, now=now).whom:
        if expert.person is None:
            continue
        tell(
            expert.person,
            "review.remind",
            now=now,
            about=expert,
            url=desk_of(expert),
            urgent=term is not None and term < (day_of(now, held) or now.date()),
            contest=held.call.name,
            sheets=str(left),
            term=date_shown(term, expert.person.language) if term is not None else "",
        )
        record("review.reminded", about=expert, actor=actor, at=now, codes={"sheets": left})
        told.append(expert)
    return told


@transaction.atomic
def replace_expert(
    sheet: Sheet, expert: Expert, *, why: str, actor: Person, now: datetime
) -> Sheet:
    """Give what an expert has not signed to another one; both are told. Twice is harmless.

    Raises Refused where it is signed meanwhile, or the other one may not read it.
    """
    held = run_locked(sheet.expert.contest, actor)
    examination = _locked(sheet.examination, held, actor)
    row = Sheet.objects.select_for_update().get(pk=sheet.pk)
    expert = Expert.objects.select_related("person", "contest__call").get(pk=expert.pk)
    new = Sheet.objects.filter(examination=examination, expert=expert).first()
    if row.stage == Stage.REPLACED and new is not None:
        return new
    if row.stage not in OPEN:
        raise Refused([Gap("course.not_open")])
    _need_able(expert, examination)
    row.stage, row.ended_at, row.why = Stage.REPLACED, now, clean(why).strip()
    row.save(update_fields=["stage", "ended_at", "why"])
    record("sheet.replaced", about=row, actor=actor, at=now, codes={"code": examination.code})
    tell_of_sheet(sheet.expert, "review.let_go", examination, row, now=now)
    return _give(examination, expert, is_further=row.is_further, actor=actor, now=now)


@transaction.atomic
def return_sheet(sheet: Sheet, rules: Rules, *, words: str, actor: Person, now: datetime) -> Sheet:
    """Give a signed sheet back to its expert with what is to be made clear; it counts no more.

    Raises Refused where it is not signed, its expert is one no more, or the decision is made.
    """
    held = run_locked(sheet.expert.contest, actor)
    examination = _locked(sheet.examination, held, actor)
    row = Sheet.objects.select_for_update().get(pk=sheet.pk)
    said = clean(words).strip()
    if row.stage == Stage.RETURNED and row.why == said:
        return row
    gaps = [] if row.stage == Stage.SIGNED else [Gap("course.not_signed")]
    gaps += [] if sheet.expert.stage == Expert.Stage.ACCEPTED else [Gap("course.has_left")]
    gaps += [] if said else [Gap("course.no_words", "words")]
    if gaps:
        raise Refused(gaps)
    row.stage, row.why = Stage.RETURNED, said
    row.save(update_fields=["stage", "why"])
    recount(examination, rules, now=now)
    record("sheet.returned", about=row, actor=actor, at=now, codes={"code": examination.code})
    tell_of_sheet(sheet.expert, "review.returned", examination, row, now=now, words=said)
    return row


@transaction.atomic
def call_further(
    contest: Contest,
    rules: Rules,
    pairs: Sequence[tuple[UUID, UUID]],
    *,
    actor: Person,
    now: datetime,
) -> list[Sheet]:
    """Give applications that need one more expert to those who were accepted for them.

    pairs: keys of an application and of an expert. What needs nobody any more is passed over.
    Raises Refused where an expert may not read one of them, or has no room left.
    """
    held = run_locked(contest, actor)
    needs = {one.examination.key: one for one in needs_of(held, rules)}
    experts = {
        one.key: one
        for one in Expert.objects.filter(contest=held, key__in=[expert for _of, expert in pairs])
    }
    return [
        _called(needs[of], experts[expert], held, actor=actor, now=now)
        for of, expert in pairs
        if of in needs and expert in experts
    ]


def _called(need: Need, expert: Expert, held: Contest, *, actor: Person, now: datetime) -> Sheet:
    examination = _locked(need.examination, held, actor)
    _need_able(expert, examination)
    is_further = need.why != MISSING
    if is_further:
        examination.due += 1
        examination.save(update_fields=["due"])
    codes: dict[str, str | int] = {"code": examination.code, "why": need.why}
    record("review.further_called", about=examination, actor=actor, at=now, codes=codes)
    return _give(examination, expert, is_further=is_further, actor=actor, now=now)


def desk_of(expert: Expert) -> str:
    """Where an expert finds the sheets."""
    return f"/reviews/{expert.key}/sheets/"


def need_open(contest: Contest) -> None:
    """Raise Refused where the decision is made: what it stands on is not changed any more."""
    if Award.objects.filter(examination__contest=contest).exists():
        raise Refused([Gap("course.decided")])


def tell_of_sheet(
    expert: Expert,
    code: str,
    examination: Examination,
    sheet: Sheet,
    *,
    now: datetime,
    words: str = "",
) -> None:
    """Tell an expert about a sheet; of the application its code alone, which is never blind."""
    if expert.person is None:
        return
    tell(
        expert.person,
        code,
        now=now,
        about=sheet,
        url=desk_of(expert),
        contest=expert.contest.call.name,
        application=examination.code,
        words=words,
    )


def _locked(examination: Examination, contest: Contest, actor: Person) -> Examination:
    """An application under its lock, while nothing is decided, for who has no interest in it."""
    need_open(contest)
    rows = Examination.objects.select_for_update(of=("self",))
    row = rows.select_related("submission__organisation", "submission__contest").get(
        pk=examination.pk
    )
    need_apart(actor, row.submission)
    return row


def _need_able(expert: Expert, examination: Examination) -> None:
    """Raise Refused for an expert who may not read an application."""
    is_here = expert.stage == Expert.Stage.ACCEPTED
    if not is_here or expert.contest_id != examination.contest_id:
        raise Refused([Gap("course.no_expert", "expert")])
    if is_barred(expert, examination):
        raise Refused([Gap("course.barred", "expert", {"code": expert.code})])
    if room_of(expert) < 1:
        raise Refused([Gap("course.no_room", "expert", {"code": expert.code})])


def _give(
    examination: Examination, expert: Expert, *, is_further: bool, actor: Person, now: datetime
) -> Sheet:
    made = Sheet.objects.create(
        examination=examination,
        expert=expert,
        affinity=affinity_of(examination, expert),
        is_further=is_further,
        given_at=now,
    )
    record("sheet.given", about=made, actor=actor, at=now, codes={"code": examination.code})
    tell_of_sheet(expert, "review.given", examination, made, now=now)
    return made
