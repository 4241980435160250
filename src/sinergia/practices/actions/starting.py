"""Practices are begun, put away and taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean_line, fold
from sinergia.organisations.access import acts_for
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.practices.access import may_begin, may_write
from sinergia.practices.actions.saving import TITLE, locked_by_anybody, promise_quiet
from sinergia.practices.models import Practice, PracticeText

MOST = 100  # practices that one organisation keeps and has not put away


@dataclass(frozen=True)
class Begun:
    """What a practice begins with. texts: by path, of what it is made from; source: its kind, key.

    told_by: from whose words the centre writes. key: of the form, so that a second press is none.
    """

    title: str
    key: UUID
    told_by: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    source: str = ""


@transaction.atomic
def begin_practice(
    organisation: Organisation, given: Begun, *, actor: Person, now: datetime
) -> Practice:
    """Begin a practice; pressing twice begins it once.

    Raises Refused where the centre does not say from whose words it writes.
    """
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if not may_begin(actor, organisation):
        raise PermissionDenied
    there = Practice.objects.filter(key=given.key).first()
    if there is not None:
        return there
    is_own = acts_for(actor, organisation)
    told_by = "" if is_own else clean_line(given.told_by)
    _refuse(organisation, told_by, is_own=is_own)
    title = clean_line(given.title) or given.texts.get("title", "")
    practice = Practice.objects.create(
        key=given.key,
        organisation=organisation,
        region=organisation.region,
        title=title[:TITLE],
        title_folded=fold(title)[:TITLE],
        told_by=told_by[:200],
        made_at=now,
        changed_at=now,
    )
    texts = {path: text for path, text in {**given.texts, "title": title}.items() if text}
    PracticeText.objects.bulk_create(
        PracticeText(practice=practice, path=path, value=text, version=1, by=actor.key, at=now)
        for path, text in texts.items()
    )
    promise_quiet(practice, now=now)
    codes = {"from": given.source} if given.source else {}
    record("practice.begun", about=practice, actor=actor, at=now, codes=codes)
    return practice


@transaction.atomic
def remove_practice(practice: Practice, *, actor: Person, now: datetime) -> None:
    """Put a practice away; it can be taken back. Pressing twice is harmless.

    Raises Refused for one that is published, or lies with the consultant.
    """
    practice = _allowed(practice, actor)
    if practice.removed_at is not None:
        return
    if practice.stage == Practice.Stage.PUBLISHED:
        raise Refused([Gap("practice_published")])
    if practice.checks.filter(outcome="waiting").exists():
        raise Refused([Gap("practice_checked")])
    practice.removed_at = now
    practice.save(update_fields=["removed_at"])
    record("practice.removed", about=practice, actor=actor, at=now)


@transaction.atomic
def take_back_practice(practice: Practice, *, actor: Person, now: datetime) -> None:
    """Take a practice back that was put away."""
    practice = _allowed(practice, actor)
    if practice.removed_at is not None:
        practice.removed_at = None
        practice.save(update_fields=["removed_at"])
        record("practice.taken_back", about=practice, actor=actor, at=now)


def _allowed(practice: Practice, actor: Person) -> Practice:
    practice = locked_by_anybody(practice)
    if not may_write(actor, practice):
        raise PermissionDenied
    return practice


def _refuse(organisation: Organisation, told_by: str, *, is_own: bool) -> None:
    gaps = []
    if not is_own and not told_by:
        gaps.append(Gap("nobody_told", "told_by"))
    if Practice.objects.filter(organisation=organisation, removed_at=None).count() >= MOST:
        gaps.append(Gap("too_many_practices", values={"most": MOST}))
    if gaps:
        raise Refused(gaps)
