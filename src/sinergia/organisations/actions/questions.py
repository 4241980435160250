"""Settling what a load did not dare to write."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.notices.actions import tell
from sinergia.organisations.access import MOVE, may_let_go, may_settle, may_write_for
from sinergia.organisations.actions.arrivals import tell_of_arrival, tell_of_leaving
from sinergia.organisations.actions.doubles import drop_pair
from sinergia.organisations.actions.history import change_organisation
from sinergia.organisations.actions.loads.asking import note_namesakes
from sinergia.organisations.actions.loads.keeping import write_kpps
from sinergia.organisations.actions.loads.planning import Origin
from sinergia.organisations.actions.loads.rows import RegisterRow, row_from
from sinergia.organisations.actions.loads.single import (
    enter_row,
    file_row,
    town_meant,
    value_meant,
)
from sinergia.organisations.models import Organisation, Question
from sinergia.organisations.queries.identifiers import organisation_by_number
from sinergia.organisations.queries.loads import OF_IDS
from sinergia.organisations.queries.questions import (
    KINDS,
    Alike,
    is_disagreed,
    questions_alike,
    questions_for,
)
from sinergia.people.models import Person
from sinergia.places.models import Region

AT_ONCE = 100  # questions answered in one transaction
Result = Question.Result


@dataclass(frozen=True)
class Answer:
    """What a person says. organisation: whose a row is; region: which one is meant.

    is_group: who is entered has no legal entity.
    """

    result: str
    organisation: Organisation | None = None
    region: Region | None = None
    is_group: bool = False

    def is_that_of(self, settled: Question) -> bool:
        """Whether a question was settled so, by whomever."""
        about = self.organisation.pk if self.organisation else settled.organisation_id
        region = self.region.pk if self.region else settled.region_id
        said = (settled.result, settled.organisation_id, settled.region_id)
        return said == (self.result, about, region)


@dataclass(frozen=True)
class Settled:
    """Of a group: how many were answered now, and refused by a rule; whether more are to come."""

    done: int
    refused: int = 0
    is_more: bool = False


@dataclass(frozen=True)
class Looked:
    """Some rows of a spelling. last: the last that was looked at, 0 after all; refused: why."""

    last: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)


@transaction.atomic
def settle_question(key: UUID, answer: Answer, *, actor: Person, now: datetime) -> Question:
    """Answer one question; a settled one stays as it is. Raises Refused.

    A spelling of a region is answered for every row of the source that is written so.
    """
    asked = Question.objects.get(key=key)
    (question,) = _locked([asked.pk], answer.organisation)
    if not may_settle(actor, question):
        raise PermissionDenied
    is_move = question.code == MOVE and answer.result == Result.TAKEN
    if is_move and not may_let_go(actor, question):
        raise PermissionDenied
    if question.settled_at is not None:
        return question
    _settle(question, answer, actor=actor, now=now)
    if question.code == "region_unknown" and answer.region is not None:
        _settle_spelling(question, answer, actor=actor, now=now)
    question.refresh_from_db()
    return question


@transaction.atomic
def settle_alike(
    group: Alike,
    result: str,
    *,
    actor: Person,
    now: datetime,
    behind: int = 0,
    refused: Mapping[str, int] | None = None,
) -> Settled:
    """Answer a whole group alike; give how many are answered now. The worker goes on with the rest.

    What a person may not answer, or a rule refuses, stays open. So does a row that is to be entered
    and whose name somebody has by now, be it by a row before it: it leaves the group.
    behind: the row of the last question that was looked at. refused: how many so far, by reason,
    of those that whoever asked has not been told of; at the end they are.
    """
    waiting = questions_alike(actor, group).order_by("pk")
    some = list(waiting.filter(pk__gt=behind).values_list("pk", flat=True)[:AT_ONCE])
    done, why = _settle_each(_locked(some), Answer(result), actor=actor, now=now)
    is_more = bool(some) and waiting.filter(pk__gt=some[-1]).exists()
    untold = Counter(refused) + why if behind else Counter[str]()  # the first are told on the page
    if is_more:
        promise(
            "organisations.settle_alike",
            now=now,
            is_long=True,
            code=group.code,
            source=group.source,
            field=group.field,
            load=group.load,
            result=result,
            actor=actor.key,
            behind=some[-1],
            refused=json.dumps(untold),
        )
    else:
        tell_of_refused(group.code, untold, load=group.load, actor=actor, now=now)
    return Settled(done, why.total(), is_more)


@transaction.atomic
def tell_of_refused(
    code: str, refused: Mapping[str, int], *, load: str = "", actor: Person, now: datetime
) -> None:
    """Tell who answered many questions how many wait still, and why; one message a reason."""
    kind = next(kind for kind, codes in KINDS.items() if code in codes)
    url = f"{reverse('register:questions')}?kind={kind}" + (f"&load={load}" if load else "")
    for why, number in sorted(refused.items()):
        tell(actor, "register.answers_refused", now=now, url=url, number=str(number), why=why)


def _locked(pks: Sequence[int], beside: Organisation | None = None) -> list[Question]:
    """Questions, in the order given: locked after their organisations, as loads lock them."""
    asked = Question.objects.filter(pk__in=pks)
    about = set(asked.exclude(organisation=None).values_list("organisation", flat=True))
    about |= {beside.pk} if beside is not None else set()
    list(Organisation.objects.select_for_update().filter(pk__in=about).order_by("pk"))
    whole = asked.select_related("source", "centre", "organisation", "region")
    rows = whole.select_for_update(of=("self",)).order_by("pk")
    return sorted(rows, key=lambda one: pks.index(one.pk))


def _settle_each(
    waiting: Sequence[Question], answer: Answer, *, actor: Person, now: datetime
) -> tuple[int, Counter[str]]:
    """Answer them alike; give how many are answered now, and how many are refused by reason."""
    done, why = 0, Counter[str]()
    for question in waiting:
        if question.settled_at is not None:
            continue
        if answer.result == Result.ENTERED and _is_called_as_somebody(question):
            continue
        try:
            _settle(question, answer, actor=actor, now=now)
        except Refused as refusal:
            why[refusal.gaps[0].code] += 1
        else:
            done += 1
    return done, why


def _is_called_as_somebody(question: Question) -> bool:
    """Look once more whether the register has a namesake; note it."""
    note_namesakes([question])
    if question.has_namesake:
        question.save(update_fields=["has_namesake"])
    return question.has_namesake


def _settle(question: Question, answer: Answer, *, actor: Person, now: datetime) -> None:
    """Do as the answer says and close the question."""
    origin = Origin(actor.key, now, question.load_key)
    row = row_from(bytes(question.content), row=question.row)
    place = _place_written(question, answer, actor)
    _deed(question, answer, row, place, origin)()
    _close(question, answer, actor=actor, now=now)
    if question.code == "ids_disagree":
        _drop_suspicion(row)
    codes: dict[str, str | int] = {"code": question.code, "result": answer.result}
    record("question.settled", about=question, actor=actor, at=now, codes=codes)


def _place_written(question: Question, answer: Answer, actor: Person) -> int | None:
    """The region in which an answer writes what the row says; Refused where it is another's."""
    if answer.result not in (Result.TAKEN, Result.JOINED) or question.code == MOVE:
        return None
    about, region = answer.organisation or question.organisation, question.region_id
    if answer.region is not None:
        region = answer.region.pk
    if about is not None:
        region = Organisation.objects.get(pk=about.pk).region_id or region
    if not may_write_for(actor, question, region):
        path = "region" if question.code == "region_unknown" else "answer"
        raise Refused([Gap("answer_not_served", path)])
    return region


def _deed(
    question: Question, answer: Answer, row: RegisterRow, place: int | None, origin: Origin
) -> Callable[[], object]:
    """What is to be done; raises Refused where the answer does not fit the question."""
    match question.code, answer.result:
        case _, Result.DROPPED if question.code not in ("conflict", "region_changed"):
            return _nothing
        case (("conflict" | "region_changed"), Result.KEPT):
            return _nothing
        case (("conflict" | "region_changed"), Result.TAKEN):
            return partial(_take, question, row, origin)
        case (("ids_missing" | "id_unverified"), Result.ENTERED):
            return partial(_enter, question, answer, row, origin)
        case code, Result.JOINED if code in OF_IDS and answer.organisation is not None:
            return partial(_join, question, answer.organisation, row, place, origin)
        case "region_unknown", Result.TAKEN if answer.region is not None:
            return partial(_name_region, question, answer.region, row, place, origin)
    raise Refused([Gap("answer_missing", "answer")])


def _nothing() -> None:
    """It stays as it is."""


def _close(question: Question, answer: Answer, *, actor: Person, now: datetime) -> None:
    question.settled_at, question.settled_by, question.result = now, actor, answer.result
    if answer.region is not None and question.code == "region_unknown":
        question.region = answer.region
    question.save(update_fields=["settled_at", "settled_by", "result", "region"])


def _take(question: Question, row: RegisterRow, origin: Origin) -> None:
    """Write what the file says; into another region the town of the row goes as well."""
    rows = Organisation.objects.select_for_update()
    organisation = rows.get(pk=question.organisation_id or 0)
    left = organisation.region_id
    if question.field == "kpp":
        write_kpps({organisation.pk: (question.ours, question.theirs)}, question.source, origin)
        return
    given: dict[str, object] = {question.field: value_meant(question.field, question.theirs)}
    if question.field == "region":
        given["municipality"] = town_meant(row, given["region"])
    _check_dates(organisation, given)
    change_organisation(
        organisation,
        given,
        actor_key=origin.actor_key,
        now=origin.now,
        source=question.source.code,
        load_key=origin.load_key,
    )
    if question.field == "region":
        tell_of_arrival(organisation, but=origin.actor_key, now=origin.now)
        tell_of_leaving(organisation, left, but=origin.actor_key, now=origin.now)


def _drop_suspicion(row: RegisterRow) -> None:
    """Two were suspected because of this row; a person has said whose it is."""
    held = organisation_by_number(row.ogrn, ""), organisation_by_number("", row.inn)
    first, second = (one.pk if one is not None else 0 for one in held)
    if not is_disagreed(row.ogrn, row.inn):
        drop_pair(first, second, reason="numbers")


def _check_dates(organisation: Organisation, given: dict[str, object]) -> None:
    """Nothing is closed before it is registered."""
    registered = given.get("registered_on", organisation.registered_on)
    closed = given.get("closed_on", organisation.closed_on)
    if isinstance(registered, date) and isinstance(closed, date) and closed < registered:
        raise Refused([Gap("closed_before_it_began", "answer")])


def _enter(question: Question, answer: Answer, row: RegisterRow, origin: Origin) -> None:
    kind = Organisation.Kind.GROUP if answer.is_group else Organisation.Kind.REGISTERED
    entered = enter_row(row, question, kind=kind, origin=origin)
    question.organisation = entered
    question.save(update_fields=["organisation"])


def _join(
    question: Question,
    organisation: Organisation,
    row: RegisterRow,
    place: int | None,
    origin: Origin,
) -> None:
    """The row is this organisation's: what it says is written as a load would write it."""
    question.organisation = organisation
    question.save(update_fields=["organisation"])
    file_row(row, question, place, origin=origin)


def _name_region(
    question: Question, region: Region, row: RegisterRow, place: int | None, origin: Origin
) -> None:
    texts = {**row.texts, "region": region.code}
    file_row(replace(row, texts=texts), question, place, origin=origin)


def _settle_spelling(question: Question, answer: Answer, *, actor: Person, now: datetime) -> None:
    """Other rows of the source that are written so are answered with it; the worker does them."""
    promise(
        "organisations.settle_spelling",
        now=now,
        once=f"spelling:{question.key}",
        is_long=True,
        key=question.key,
        actor=actor.key,
    )


@transaction.atomic
def settle_written_so(key: UUID, *, actor: Person, now: datetime, behind: int = 0) -> Looked:
    """Answer some of the rows whose region is written as in a settled question.

    behind: the row of the last question that was looked at.
    """
    settled = Question.objects.select_related("region").get(key=key)
    if settled.region is None or settled.result != Result.TAKEN:
        return Looked()
    if not actor.is_active:
        return Looked()
    waiting = questions_for(actor).filter(
        source=settled.source, code="region_unknown", theirs=settled.theirs, settled_at=None
    )
    rows = waiting.filter(pk__gt=behind).order_by("pk")
    some = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    answer = Answer(Result.TAKEN, region=settled.region)
    # Refused is what is of an organisation that is another centre's by now.
    _done, why = _settle_each(_locked(some), answer, actor=actor, now=now)
    return Looked(some[-1] if some else 0, why)
