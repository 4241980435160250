"""A visit as it is held: its sessions, who was there, notes and pictures of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, Q, QuerySet

from sinergia.base.asking import row_keyed
from sinergia.exchange.models import (
    Attendance,
    Delegate,
    Session,
    SessionNote,
    SessionPhoto,
    SessionPractice,
    Visit,
)
from sinergia.exchange.models.sessions import SHOWING
from sinergia.exchange.queries.sessions import day_of, zone_of
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.card import shown_to
from sinergia.people.models import Person
from sinergia.practices.models import Practice
from sinergia.practices.queries.practices import published_practices


@dataclass(frozen=True)
class Counted:
    """What there is of a session: who was there, one's own notes, pictures."""

    attended: int = 0
    notes: int = 0
    photos: int = 0


def sessions_held(visit: Visit) -> QuerySet[Session]:
    """The programme in order, each session with the practices that it shows."""
    rows = Session.objects.filter(visit=visit, removed_at=None).select_related(
        "host", "municipality", "visit"
    )
    return rows.prefetch_related("practices__practice").order_by("starts_at", "ends_at", "pk")


def session_held(visit: Visit, key: UUID | str) -> Session | None:
    """One session of a visit."""
    return row_keyed(sessions_held(visit), str(key))


def host_shown(session: Session, person: Person) -> Organisation | None:
    """Whose guests one is there, where a person may open their card."""
    return shown_to(person).filter(pk=session.host_id).first() if session.host_id else None


def practices_shown(session: Session) -> list[Practice]:
    """What is shown there, of that which everybody may read."""
    shown = SessionPractice.objects.filter(session=session).values("practice")
    return list(published_practices().filter(pk__in=shown).order_by("title_folded", "pk"))


def practices_shown_at(sessions: Sequence[Session]) -> set[int]:
    """Primary keys of the same for several sessions at once."""
    shown = SessionPractice.objects.filter(session__in=sessions).values("practice")
    return set(published_practices().filter(pk__in=shown).values_list("pk", flat=True))


def counts_held(visit: Visit, person: Person) -> Mapping[int, Counted]:
    """By session, what there is of it that a person sees; three queries."""
    attended = Attendance.objects.filter(session__visit=visit, delegate__gone_at=None)
    notes = SessionNote.objects.filter(visit=visit, removed_at=None, person=person)
    photos = SessionPhoto.objects.filter(session__visit=visit, removed_at=None)
    numbers = [
        dict(rows.order_by().values_list("session").annotate(number=Count("pk")))
        for rows in (attended, notes, photos)
    ]
    return {
        pk: Counted(*(number.get(pk, 0) for number in numbers))
        for pk in set().union(*numbers)
        if pk is not None
    }


def present_at(session: Session) -> set[int]:
    """Primary keys of delegates who were there."""
    return set(Attendance.objects.filter(session=session).values_list("delegate", flat=True))


def attended_by(delegate: Delegate) -> set[int]:
    """Primary keys of sessions at which a delegate was."""
    return set(Attendance.objects.filter(delegate=delegate).values_list("session", flat=True))


def sessions_of_day(visit: Visit, *, now: datetime) -> list[Session]:
    """What is shown on the day of now there, or on the nearest; the nearest moment first."""
    zone = zone_of(visit)
    rows = list(sessions_held(visit).filter(kind__in=SHOWING))
    rows.sort(key=lambda one: (_apart(one, now), one.starts_at))
    day = day_of(rows[0], zone) if rows else None
    return [one for one in rows if day_of(one, zone) == day]


def notes_for(visit: Visit, person: Person) -> QuerySet[SessionNote]:
    """One's own notes; whoever travels also reads those that others share; the latest first."""
    travels = Exists(Delegate.objects.filter(visit=visit, person=person, gone_at=None))
    rows = SessionNote.objects.filter(visit=visit, removed_at=None)
    rows = rows.filter(Q(person=person) | (Q(is_shared=True) & Q(travels)))
    return rows.select_related("session", "person").order_by("-pk")


def notes_put_away(visit: Visit, person: Person) -> QuerySet[SessionNote]:
    """One's own notes that were put away, the last one first."""
    rows = SessionNote.objects.filter(visit=visit, person=person, removed_at__isnull=False)
    return rows.select_related("session").order_by("-removed_at", "-pk")


def own_note(visit: Visit, person: Person, key: UUID) -> SessionNote | None:
    """A note of one's own, also one that was put away."""
    rows = SessionNote.objects.filter(visit=visit, person=person, key=key)
    return rows.select_related("session").first()


def photos_of(session: Session) -> QuerySet[SessionPhoto]:
    """Pictures of a session, for those who see its inside."""
    rows = SessionPhoto.objects.filter(session=session, removed_at=None)
    return rows.select_related("file", "session__visit__centre").order_by("pk")


def public_photos(visit: Visit) -> QuerySet[SessionPhoto]:
    """Pictures that a second person has let become public."""
    rows = SessionPhoto.objects.filter(session__visit=visit, removed_at=None, file__is_public=True)
    rows = rows.filter(session__removed_at=None)
    return rows.select_related("file", "session").order_by("session__starts_at", "pk")


def private_photos(visit: Visit) -> QuerySet[SessionPhoto]:
    """Those that nobody outside sees, with who can be recognised in them."""
    rows = SessionPhoto.objects.filter(session__visit=visit, removed_at=None, file__is_public=False)
    rows = rows.filter(session__removed_at=None).select_related("session", "file")
    return rows.prefetch_related("people__delegate").order_by("session__starts_at", "pk")


def photo_in(visit: Visit, key: UUID) -> SessionPhoto | None:
    """A picture of a visit, by its key."""
    found = any_photo_in(visit, key)
    return found if found is not None and found.removed_at is None else None


def any_photo_in(visit: Visit, key: UUID) -> SessionPhoto | None:
    """The same, also one that was taken out."""
    rows = SessionPhoto.objects.filter(session__visit=visit, key=key)
    return rows.select_related("file", "session__visit__centre", "session__visit__course").first()


def removed_photos_of(session: Session) -> QuerySet[SessionPhoto]:
    """Pictures that were taken out and may be put back."""
    rows = SessionPhoto.objects.filter(session=session).exclude(removed_at=None)
    return rows.select_related("file", "session__visit__centre").order_by("-removed_at")


def _apart(session: Session, now: datetime) -> float:
    """How many seconds lie between now and a session; 0 while it goes on."""
    before, after = session.starts_at - now, now - session.ends_at
    return max(before.total_seconds(), after.total_seconds(), 0)
