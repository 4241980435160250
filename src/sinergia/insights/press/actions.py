"""Press notes are kept, published, put away."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest
from sinergia.engine.press import Kept, against
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean
from sinergia.grants.models import Grant, ProjectPage
from sinergia.insights.press import access
from sinergia.insights.press.models import NotePublished, NoteSentence, NoteVersion
from sinergia.insights.press.queries.notes import (
    Thing,
    column_of,
    grant_of,
    is_public,
    published,
    versions_of,
)
from sinergia.people.models import Person


@transaction.atomic
def save_note(
    thing: Thing,
    language: str,
    sentences: Sequence[Kept],
    *,
    seen: int,
    actor: Person,
    now: datetime,
) -> NoteVersion:
    """Keep a note as its next version; what is the same already makes none.

    seen: number of the version that was opened. Raises Refused where another came meanwhile.
    """
    thing = _locked(thing, actor)
    last = versions_of(thing, language).first()
    rows = [(one.code, clean(one.text).strip(), one.fact) for one in sentences]
    rows = [row for row in rows if row[1]]
    if last is not None and rows == [
        (one.code, one.text, one.fact) for one in last.sentences.order_by("place")
    ]:
        return last
    number = last.number if last is not None else 0
    if gaps := against([text for _code, text, _fact in rows], last=number, seen=seen):
        raise Refused(gaps)
    of: dict[str, Any] = {column_of(thing): thing}
    made = NoteVersion.objects.create(
        **of, language=language, number=number + 1, by=actor.key, at=now
    )
    NoteSentence.objects.bulk_create(
        NoteSentence(version=made, place=place, code=code, text=text, fact=fact)
        for place, (code, text, fact) in enumerate(rows)
    )
    codes: dict[str, str | int] = {"version": made.number, "language": language}
    record("note.saved", about=_about(thing), actor=actor, at=now, codes=codes)
    return made


@transaction.atomic
def publish_note(
    thing: Thing, language: str, *, seen: int, actor: Person, now: datetime
) -> NotePublished:
    """Let everybody read the version that was looked at; twice is harmless.

    Raises Refused before the result itself is told, or where another version came meanwhile.
    """
    thing = _locked(thing, actor)
    last = versions_of(thing, language).first()
    embargo = "note.page_closed" if isinstance(thing, ProjectPage) else "note.embargo"
    gaps = [] if access.is_open(thing, is_told=is_public(thing)) else [Gap(embargo)]
    gaps += [Gap("note.not_kept")] if last is None else []
    gaps += [Gap("press.meanwhile")] if last is not None and last.number != seen else []
    if gaps or last is None:
        raise Refused(gaps)
    before = published(thing, language)
    if before is not None and before.version_id == last.pk:
        return before
    if before is not None:
        before.delete()
    row = NotePublished.objects.create(version=last, by=actor.key, at=now)
    codes: dict[str, str | int] = {"version": last.number, "language": language}
    record("note.published", about=_about(thing), actor=actor, at=now, codes=codes)
    return row


@transaction.atomic
def put_note_away(thing: Thing, language: str, *, actor: Person, now: datetime) -> None:
    """Let a note be read by nobody outside again; twice is harmless."""
    thing = _locked(thing, actor)
    row = published(thing, language)
    if row is not None:
        row.delete()
        codes: dict[str, str | int] = {"language": language}
        record("note.put_away", about=_about(thing), actor=actor, at=now, codes=codes)


def _locked(thing: Thing, actor: Person) -> Thing:
    if isinstance(thing, Contest):
        Contest.objects.select_for_update().get(pk=thing.pk)
    else:
        Grant.objects.select_for_update().get(pk=grant_of(thing).pk)
    if not access.may_write(actor, thing):
        raise PermissionDenied
    return thing


def _about(thing: Thing) -> Any:  # noqa: ANN401  # a grant, or a contest's call
    return thing.call if isinstance(thing, Contest) else grant_of(thing)
