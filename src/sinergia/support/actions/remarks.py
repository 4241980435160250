"""Remarks to a project: begun at a field, answered, resolved, opened again, taken back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.base.journal.actions import record
from sinergia.engine.drafts import ORDER
from sinergia.engine.project import parse_path
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean
from sinergia.notices.actions import tell
from sinergia.notices.queries.notices import unseen_of
from sinergia.organisations.access import acts_for
from sinergia.packs.rules.fields import FIELDS
from sinergia.people.models import Person
from sinergia.projects.actions.saving import locked
from sinergia.projects.models import Project
from sinergia.support.models import Remark, Thread
from sinergia.support.queries.remarks import other_side, text_at, version_at

LONGEST = 5_000  # characters of a remark
QUOTED = 2_000  # of the words it is about
MOST = 500  # threads of one project
SOON = timedelta(days=2)  # before the intake ends: the organisation is told at once


@dataclass(frozen=True)
class Begun:
    """A first remark. path: of a text, or of a whole field; quote: some of its words, or none."""

    path: str
    text: str
    quote: str = ""


@transaction.atomic
def begin_thread(project: Project, given: Begun, *, actor: Person, now: datetime) -> Thread:
    """Say something about a field or its words, and tell the other side.

    Pressing twice is harmless. Raises Refused where there is no such field or the words stand
    there no more, PermissionDenied for who may not write in the project.
    """
    project = locked(project, actor)
    text, quote = _text(given.text), clean(given.quote).strip()
    last = (
        Thread.objects.filter(project=project, path=given.path, quote=quote).order_by("pk").last()
    )
    if last is not None and _is_said(last, actor, text):
        return last
    fields = list(project.fields.all())
    _check(project, given.path, quote, text_at(fields, given.path))
    made = Thread.objects.create(
        project=project,
        path=given.path,
        quote=quote,
        version=version_at(fields, given.path),
        made_at=now,
    )
    _say(made, text, actor=actor, now=now)
    return made


@transaction.atomic
def answer_thread(thread: Thread, text: str, *, actor: Person, now: datetime) -> Thread:
    """Answer in a thread; one that was resolved is open again. Pressing twice is harmless."""
    thread = _locked(thread, actor)
    text = _text(text)
    if _is_said(thread, actor, text):
        return thread
    if thread.resolved_at is not None:
        _set_resolved(thread, None, actor)
    _say(thread, text, actor=actor, now=now)
    return thread


@transaction.atomic
def resolve_thread(thread: Thread, *, actor: Person, now: datetime) -> Thread:
    """Say that nothing is left to be done about it; either side may."""
    thread = _locked(thread, actor)
    if thread.resolved_at is None:
        _set_resolved(thread, now, actor)
        record("thread.resolved", about=thread, actor=actor, at=now)
    return thread


@transaction.atomic
def reopen_thread(thread: Thread, *, actor: Person, now: datetime) -> Thread:
    """Take it up again."""
    thread = _locked(thread, actor)
    if thread.resolved_at is not None:
        _set_resolved(thread, None, actor)
        record("thread.reopened", about=thread, actor=actor, at=now)
    return thread


@transaction.atomic
def take_back_remark(remark: Remark, *, actor: Person, now: datetime) -> Remark:
    """Take one's own words back: the text is gone, that something was said stays."""
    _locked(remark.thread, actor)
    remark = Remark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
    if remark.author_id != actor.pk:
        raise PermissionDenied
    if remark.removed_at is None:
        remark.text, remark.removed_at = "", now
        remark.save(update_fields=["text", "removed_at"])
        record("remark.removed", about=remark, actor=actor, at=now)
    return remark


def _locked(thread: Thread, actor: Person) -> Thread:
    locked(thread.project, actor)
    rows = Thread.objects.select_for_update(of=("self",)).select_related("project__organisation")
    return rows.select_related("project__contest").get(pk=thread.pk)


def _set_resolved(thread: Thread, at: datetime | None, actor: Person) -> None:
    thread.resolved_at, thread.resolved_by = at, actor.key if at else None
    thread.save(update_fields=["resolved_at", "resolved_by"])


def _text(text: str) -> str:
    text = clean(text).strip()
    if not text:
        raise Refused([Gap("remark_empty", "text")])
    if len(text) > LONGEST:
        raise Refused([Gap("remark_long", "text", {"most": LONGEST})])
    return text


def _is_said(thread: Thread, actor: Person, text: str) -> bool:
    """Whether these were the last words there, and by the same person."""
    last = thread.remarks.order_by("pk").last()
    return last is not None and last.author_id == actor.pk and last.text == text


def _check(project: Project, path: str, quote: str, there: str) -> None:
    parsed = parse_path(path)
    is_there = path in FIELDS or (parsed is not None and parsed.cell != ORDER)
    gaps = [] if is_there else [Gap("remark_nowhere", "path")]
    if len(quote) > QUOTED:
        gaps.append(Gap("quote_long", "quote", {"most": QUOTED}))
    elif _words(quote) not in _words(there):
        gaps.append(Gap("quote_gone", "quote"))
    if Thread.objects.filter(project=project, resolved_at=None).count() >= MOST:
        gaps.append(Gap("threads_many", "", {"most": MOST}))
    if gaps:
        raise Refused(gaps)


def _words(text: str) -> str:
    """A text in which only words count, not how its lines are broken."""
    return " ".join(text.split())


def _say(thread: Thread, text: str, *, actor: Person, now: datetime) -> None:
    remark = Remark.objects.create(thread=thread, author=actor, text=text, at=now)
    record("remark.written", about=remark, actor=actor, at=now, codes={"thread": str(thread.key)})
    project, told = thread.project, other_side(thread.project, actor)
    for person in told:
        if _is_told(person, project):
            continue
        tell(
            person,
            "support.remarked",
            now=now,
            about=project,
            url=reverse("remarks:remarks", args=[project.key]),
            urgent=_is_soon(project, actor, now),
            title=project.title,
        )


def _is_told(person: Person, project: Project) -> bool:
    """Whether a message about this project's remarks already waits: one is enough."""
    waits = unseen_of(person).filter(code="support.remarked", about_key=str(project.key))
    return waits.filter(mailed_at=None).exists()


def _is_soon(project: Project, actor: Person, now: datetime) -> bool:
    """Of what the centre says: whether the intake ends so soon that it cannot wait."""
    closes_at = project.contest.closes_at if project.contest is not None else None
    is_near = closes_at is not None and now <= closes_at < now + SOON
    return is_near and not project.submitted_as and not acts_for(actor, project.organisation)
