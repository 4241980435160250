"""Sessions of a programme: written, changed, copied, taken out and brought back.

Of two who change the same session, whoever comes second is told by `Stale` what stands now.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime

from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean, clean_line
from sinergia.exchange.access import may_prepare
from sinergia.exchange.actions import visits
from sinergia.exchange.models import (
    Confirmation,
    ProgrammeStep,
    Session,
    SessionBefore,
    SessionPractice,
    SessionTheme,
    Visit,
)
from sinergia.exchange.queries.telling import pictures_in
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.places.models import Municipality, Theme
from sinergia.practices.models import Practice

MOST = 200  # sessions of a visit
ENDED = (Visit.Stage.ACCOUNTED, Visit.Stage.CANCELLED)  # stages in which a programme stands


class Stale(Exception):  # noqa: N818  (named, as Refused is, by what happened)
    """Somebody has changed the session since it was opened; theirs: as it stands now."""

    def __init__(self, theirs: Session) -> None:
        super().__init__(str(theirs))
        self.theirs = theirs


@dataclass(frozen=True)
class SessionGiven:
    """What a session is to be."""

    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    host: Organisation | None = None
    municipality: Municipality | None = None
    address: str = ""
    heads: str = ""
    transport: str = ""
    note: str = ""
    themes: Sequence[Theme] = field(default=())
    practices: Sequence[Practice] = field(default=())


LINES = ("title", "address", "transport")
TEXTS = ("heads", "note")
OWN = [one.name for one in fields(SessionGiven) if one.name not in ("themes", "practices")]


@transaction.atomic
def add_session(visit: Visit, given: SessionGiven, *, actor: Person, now: datetime) -> Session:
    """Write a session into a programme. Raises Refused where it ends before it begins."""
    visit = locked(visit, actor)
    if visit.sessions.filter(removed_at=None).count() >= MOST:
        raise Refused([Gap("programme.too_many", "", {"most": MOST})])
    values = _values(given)
    session = Session.objects.create(visit=visit, changed_by=actor.key, **values)
    _keep_beside(session, given)
    record("visit.session_added", about=session, actor=actor, at=now)
    return session


@transaction.atomic
def change_session(
    session: Session, given: SessionGiven, *, seen: int, actor: Person, now: datetime
) -> Session:
    """Change a session that was opened at a version.

    Raises Stale where somebody has changed it since; the same once more is no conflict. What
    another host was asked and answered goes with that host, and so does its link.
    """
    session = locked_session(session, actor)
    values = _values(given)
    is_same = all(getattr(session, name) == value for name, value in values.items())
    if is_same and _beside(session) == _beside_given(given):
        return session
    refuse_stale(session, seen)
    if session.host != given.host:
        values["asked_before"] = _let_go(session)
    for name, value in values.items():
        setattr(session, name, value)
    _keep_beside(session, given)
    save_session(session, [*values], actor=actor)
    record("visit.session_changed", about=session, actor=actor, at=now)
    return session


@transaction.atomic
def copy_session(session: Session, *, actor: Person, now: datetime) -> Session:
    """The same once more, right after it, of the same length; nobody has confirmed the copy."""
    session = locked_session(session, actor)
    given = SessionGiven(
        **{name: getattr(session, name) for name in OWN if name not in ("starts_at", "ends_at")},
        starts_at=session.ends_at,
        ends_at=session.ends_at + (session.ends_at - session.starts_at),
        themes=[row.theme for row in session.themes.select_related("theme")],
        practices=[row.practice for row in session.practices.select_related("practice")],
    )
    return add_session(session.visit, given, actor=actor, now=now)


@transaction.atomic
def remove_session(session: Session, *, seen: int, actor: Person, now: datetime) -> Session:
    """Take a session out; it may be brought back. Twice is harmless."""
    session = locked_session(session, actor)
    if session.removed_at is not None:
        return session
    refuse_stale(session, seen)
    keep_step(session.visit, ProgrammeStep.Kind.REMOVED, [session], actor=actor, now=now)
    session.removed_at = now
    save_session(session, ["removed_at"], actor=actor)
    record("visit.session_removed", about=session, actor=actor, at=now)
    return session


@transaction.atomic
def restore_session(session: Session, *, actor: Person, now: datetime) -> Session:
    """Bring back what was taken out. Twice is harmless."""
    session = locked_session(session, actor)
    if session.removed_at is None:
        return session
    session.removed_at = None
    save_session(session, ["removed_at"], actor=actor)
    record("visit.session_restored", about=session, actor=actor, at=now)
    return session


def keep_step(
    visit: Visit, kind: str, sessions: Iterable[Session], *, actor: Person, now: datetime
) -> ProgrammeStep:
    """Note how sessions are before each of them gets its next version."""
    step = ProgrammeStep.objects.create(visit=visit, kind=kind, by=actor.key, at=now)
    SessionBefore.objects.bulk_create(
        SessionBefore(
            step=step,
            session=one,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            late_minutes=one.late_minutes,
            was_removed=one.removed_at is not None,
            version=one.version + 1,
        )
        for one in sessions
    )
    return step


def save_session(session: Session, changed: Iterable[str], *, actor: Person) -> None:
    """Write these fields as the session's next version."""
    session.version, session.changed_by = session.version + 1, actor.key
    session.save(update_fields=[*changed, "version", "changed_by"])


def refuse_stale(session: Session, seen: int) -> None:
    """Raise Stale where a session is not what somebody saw."""
    if session.version != seen:
        raise Stale(session)


def locked(
    visit: Visit, actor: Person, *, may: Callable[[Person, Visit], bool] = may_prepare
) -> Visit:
    """The visit, kept for one who writes its programme; all its sessions wait behind it."""
    found = visits.locked(visit, actor, may=may)
    if found.stage in ENDED:
        raise Refused([Gap("programme.ended")])
    return found


def locked_session(session: Session, actor: Person) -> Session:
    """A session of a locked visit, as it stands now."""
    visit = locked(session.visit, actor)
    rows = Session.objects.select_for_update(of=("self",))
    found = rows.select_related("host", "municipality__region").get(pk=session.pk)
    found.visit = visit
    return found


def _let_go(session: Session) -> str:
    """End what a host was asked; give where it is told that the session is another one's now.

    Only of a host that was told of the session: whoever was not is told nothing.
    """
    asked = Confirmation.objects.filter(session=session).first()
    last = session.visit.versions.order_by("-number").first()
    told = pictures_in(last).get(str(session.key), {}).get("host")
    is_told = session.host is not None and told == str(session.host.key)
    if asked is not None:
        asked.delete()
    return asked.email if asked is not None and is_told else session.asked_before


def _values(given: SessionGiven) -> dict[str, object]:
    """Its own fields, clean. Raises Refused for what cannot be."""
    values: dict[str, object] = {name: getattr(given, name) for name in OWN}
    values |= {name: clean_line(getattr(given, name)) for name in LINES}
    values |= {name: clean(getattr(given, name)).strip() for name in TEXTS}
    gaps = []
    if not values["title"]:
        gaps.append(Gap("session.no_title", "title"))
    if given.ends_at <= given.starts_at:
        gaps.append(Gap("session.backwards", "ends"))
    if gaps:
        raise Refused(gaps)
    return values


def _beside(session: Session) -> tuple[set[int], set[int]]:
    themes = session.themes.values_list("theme", flat=True)
    return set(themes), set(session.practices.values_list("practice", flat=True))


def _beside_given(given: SessionGiven) -> tuple[set[int], set[int]]:
    return {one.pk for one in given.themes}, {one.pk for one in given.practices}


def _keep_beside(session: Session, given: SessionGiven) -> None:
    """Its themes and its practices, as given."""
    session.themes.exclude(theme__in=given.themes).delete()
    session.practices.exclude(practice__in=given.practices).delete()
    themes, practices = _beside(session)
    SessionTheme.objects.bulk_create(
        SessionTheme(session=session, theme=one) for one in given.themes if one.pk not in themes
    )
    SessionPractice.objects.bulk_create(
        SessionPractice(session=session, practice=one)
        for one in given.practices
        if one.pk not in practices
    )
