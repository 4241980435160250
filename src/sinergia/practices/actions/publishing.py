"""What the consultant does with a practice: returns it with remarks, or publishes it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.base.files.actions import confirm_publication
from sinergia.base.journal.actions import record
from sinergia.engine.practice import Document
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean, fold
from sinergia.notices.actions import tell
from sinergia.organisations.queries.teams import memberships_of
from sinergia.packs.practices import SECTIONS, lists
from sinergia.people.models import Person
from sinergia.places.models import Theme
from sinergia.practices.access import may_check
from sinergia.practices.actions.changing import note_change
from sinergia.practices.actions.indexing import index_practice
from sinergia.practices.actions.saving import TITLE, locked_by_anybody
from sinergia.practices.actions.sending import close_check, reopen
from sinergia.practices.models import (
    Check,
    Practice,
    PracticeAudience,
    PracticeRevision,
    Remark,
)
from sinergia.practices.queries.practices import last_check, published_revisions, withdrawal_of
from sinergia.practices.queries.writing import files_of, missing_of, themes_for, written_at

ESSENCE = Practice._meta.get_field("essence").max_length or 0  # noqa: SLF001  # Django's own
COLUMNS = [
    "region",
    "title",
    "title_folded",
    "essence",
    "theme",
    "evidence",
    "maturity",
    "start_minor",
]
COLUMNS += ["is_hosting", "stage", "published_at"]


@dataclass(frozen=True)
class Returned:
    """What the consultant asks for. remarks: by section."""

    words: str = ""
    remarks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Published:
    """What the consultant says when a practice is published.

    evidence: the level confirmed, with its ground; 0: what the authors may claim alone.
    files: keys of those that everybody may have from now on.
    """

    evidence: int = 0
    ground: str = ""
    files: Sequence[UUID] = ()


@transaction.atomic
def return_practice(
    practice: Practice, sent: UUID, said: Returned, *, actor: Person, now: datetime
) -> Check:
    """Give a practice back with remarks to its sections; the public goes on reading what it did.

    sent: which text was read. Pressed twice it is returned once. Raises Refused where another one
    was sent meanwhile, or nothing is said.
    """
    practice, check = _locked(practice, sent, actor, Check.Outcome.RETURNED)
    if check.outcome == Check.Outcome.RETURNED:
        return check
    remarks = {name: clean(text).strip() for name, text in said.remarks.items() if name in SECTIONS}
    words = clean(said.words).strip()
    if not words and not any(remarks.values()):
        raise Refused([Gap("nothing_said", "words")])
    check.words = words
    close_check(check, Check.Outcome.RETURNED, actor=actor, now=now)
    Remark.objects.bulk_create(
        Remark(back=check, section=name, text=text) for name, text in remarks.items() if text
    )
    reopen(practice)
    record("practice.returned", about=practice, actor=actor, at=now)
    url = reverse("practices:writing", args=[practice.key])
    tell_team(practice, "practices.returned", url, actor, now=now, words=words)
    return check


@transaction.atomic
def publish_practice(
    practice: Practice, sent: UUID, said: Published, *, actor: Person, now: datetime
) -> PracticeRevision:
    """Put what was sent before everybody; the catalogue's columns are written from it.

    sent: which text was read. Pressed twice it is published once. Raises Refused where another one
    was sent meanwhile, something of the card is missing, or a level is confirmed by nothing.
    """
    practice, check = _locked(practice, sent, actor, Check.Outcome.PUBLISHED)
    if check.outcome == Check.Outcome.PUBLISHED:
        return published_revisions(practice)[0]
    told, ground = written_at(check.sent), clean(said.ground).strip()
    theme = _theme(practice, told.document.texts.get("theme", ""))
    gaps = list(missing_of(told).card)
    gaps += [] if theme is not None else [Gap("theme.gone", "theme")]
    gaps += [Gap("ground_missing", "ground")] if said.evidence and not ground else []
    if gaps:
        raise Refused(gaps)
    _show_files(practice, said.files, actor, now=now)
    check.evidence, check.ground = said.evidence, ground
    close_check(check, Check.Outcome.PUBLISHED, actor=actor, now=now)
    if practice.organisation is not None:
        practice.region = practice.organisation.region
    practice.theme, practice.evidence = theme, _level(told.document, said.evidence)
    write_columns(practice, told.document, now=now)
    revision = _revision(practice, check.sent, actor, now=now)
    _end_withdrawal(practice, actor, now=now)
    index_practice(practice)
    note_change(practice, now=now)
    codes: dict[str, str | int] = {"evidence": practice.evidence, "revision": str(revision.key)}
    record("practice.published", about=practice, actor=actor, at=now, codes=codes)
    url = reverse("practices:practice", args=[practice.key])
    tell_team(practice, "practices.published", url, actor, now=now)
    return revision


def tell_team(
    practice: Practice, code: str, url: str, actor: Person, *, now: datetime, words: str = ""
) -> None:
    """Tell everybody of its organisation but whoever did it. A part of the actions."""
    if practice.organisation is None:
        return
    for member in memberships_of(practice.organisation).exclude(person=actor):
        title = practice.title
        tell(member.person, code, now=now, about=practice, url=url, title=title, words=words)


def _locked(
    practice: Practice, sent: UUID, actor: Person, done: Check.Outcome
) -> tuple[Practice, Check]:
    """A practice and what was sent of it: what waits, or what came to this very end already."""
    practice = locked_by_anybody(practice)
    if practice.removed_at is not None or not may_check(actor, practice):
        raise PermissionDenied
    check = last_check(practice)
    if check is None or check.outcome not in (Check.Outcome.WAITING, done):
        raise Refused([Gap("not_waiting")])
    if check.sent.key != sent:
        raise Refused([Gap("sent_again")])
    return practice, check


def write_columns(practice: Practice, document: Document, *, now: datetime) -> None:
    """Write what the catalogue is searched and counted by. A part of what puts it there."""
    practice.title = document.title[:TITLE]
    practice.title_folded = fold(document.title)[:TITLE]
    practice.essence = " ".join(document.texts.get("essence", "").split())[:ESSENCE]
    practice.maturity = document.maturity
    practice.start_minor = document.start_minor
    practice.is_hosting = document.is_hosting
    practice.stage = Practice.Stage.PUBLISHED
    practice.published_at = practice.published_at or now
    practice.save(update_fields=COLUMNS)
    practice.audiences.all().delete()
    PracticeAudience.objects.bulk_create(
        PracticeAudience(practice=practice, code=code) for code in document.audiences
    )


def _level(document: Document, confirmed: int) -> int:
    """How sure the catalogue says it is: as confirmed, else what authors may say alone."""
    return confirmed or min(document.evidence, lists().authors_most)


def _revision(
    practice: Practice, sent: PracticeRevision, actor: Person, *, now: datetime
) -> PracticeRevision:
    return PracticeRevision.objects.create(
        practice=practice,
        why=PracticeRevision.Why.PUBLISHED,
        content=bytes(sent.content),
        size=sent.size,
        by=actor.key,
        at=now,
    )


def _show_files(practice: Practice, keys: Iterable[UUID], actor: Person, *, now: datetime) -> None:
    """Let everybody have these files. Raises Refused for one's own: a second person must look."""
    for one in files_of(practice).filter(key__in=list(keys)):
        confirm_publication(one.file, actor=actor, now=now)


def _end_withdrawal(practice: Practice, actor: Person, *, now: datetime) -> None:
    withdrawal = withdrawal_of(practice)
    if withdrawal is not None:
        withdrawal.ended_by, withdrawal.ended_at = actor.key, now
        withdrawal.save(update_fields=["ended_by", "ended_at"])


def _theme(practice: Practice, key: str) -> Theme | None:
    return next((one for one in themes_for(practice) if str(one.key) == key), None)
