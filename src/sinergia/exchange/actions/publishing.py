"""A programme is told: a version that stays as it is, and who is told what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.seal import canonical
from sinergia.engine.text import clean
from sinergia.exchange.actions.hosts import linked
from sinergia.exchange.actions.sessions import locked
from sinergia.exchange.models import Confirmation, ProgrammeVersion, Session, Visit
from sinergia.exchange.queries.hosts import address_of
from sinergia.exchange.queries.sessions import findings_of, picture_of, sessions_of
from sinergia.exchange.queries.telling import changes_now
from sinergia.people.models import Person

SCHEMA = "sinergia/programme/1"


@dataclass(frozen=True)
class Seen:
    """What was previewed: each session with its version, so that nothing else is told."""

    versions: frozenset[tuple[str, int]]

    @classmethod
    def of(cls, sessions: Sequence[Session]) -> "Seen":
        """What stands in a programme."""
        return cls(frozenset((str(one.key), one.version) for one in sessions))

    def said(self) -> str:
        """A short word for it, for a form."""
        told = ",".join(f"{key}:{version}" for key, version in sorted(self.versions))
        return sha256(told.encode()).hexdigest()[:16]


@transaction.atomic
def tell_programme(
    visit: Visit, *, seen: str, note: str = "", actor: Person, now: datetime
) -> ProgrammeVersion:
    """Keep the programme as it is now as the next version, and have those concerned told once.

    seen: `Seen.said` of what was previewed. Nothing changed since the last version: that one.
    Raises Refused where something makes the programme impossible, or it changed meanwhile.
    """
    visit = locked(visit, actor)
    sessions = list(sessions_of(visit))
    last = visit.versions.order_by("-number").first()
    changes = changes_now(visit, sessions)
    if last is not None and not changes:
        return last
    _refuse(visit, sessions, seen, is_first=last is None)
    pictures = {str(one.key): picture_of(one) for one in sessions}
    content = canonical({"schema": SCHEMA, "values": pictures})
    version = ProgrammeVersion.objects.create(
        visit=visit,
        number=last.number + 1 if last is not None else 1,
        content=content,
        digest=sha256(content).hexdigest(),
        note=clean(note).strip(),
        made_by=actor.key,
        made_at=now,
    )
    visit.course.version, visit.course.told_at = version.number, now
    visit.course.save(update_fields=["version", "told_at"])
    _link_hosts(sessions, {one.key for one in changes}, now=now)
    codes: dict[str, str | int] = {"version": version.number, "digest": version.digest}
    record("visit.programme_told", about=visit, actor=actor, at=now, codes=codes)
    promise("exchange.tell_programme", now=now, key=visit.key, number=version.number)
    return version


def _refuse(visit: Visit, sessions: Sequence[Session], seen: str, *, is_first: bool) -> None:
    """An empty programme tells nobody anything, unless all that was told is called off by it."""
    gaps = []
    if is_first and not sessions:
        gaps.append(Gap("programme.empty"))
    if any(one.blocks for one in findings_of(visit, sessions)):
        gaps.append(Gap("programme.blocked"))
    if Seen.of(sessions).said() != seen:
        gaps.append(Gap("programme.meanwhile"))
    if gaps:
        raise Refused(gaps)


def _link_hosts(sessions: Sequence[Session], changed: set[str], *, now: datetime) -> None:
    """A link for each host whose session is new or another one now, and whose address is known."""
    for session in sessions:
        if session.host is None or str(session.key) not in changed:
            continue
        known = Confirmation.objects.filter(session=session).first()
        address = known.email if known is not None and known.email else address_of(session.host)
        linked(session, address, now=now)
