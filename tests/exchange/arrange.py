"""A visit with a programme, valid with the fewest words."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sinergia.engine.visiting.clock import moment_of
from sinergia.exchange.actions.publishing import Seen, tell_programme
from sinergia.exchange.actions.sessions import SessionGiven, add_session
from sinergia.exchange.models import ProgrammeVersion, Session, Visit
from sinergia.exchange.queries.sessions import sessions_of
from sinergia.organisations.models import CentreStaff
from sinergia.people.models import Person
from tests.arrange import NOON, a_consultant, a_visit


def staff_of(visit: Visit) -> Person:
    """Somebody of the centre that prepares a visit."""
    row = CentreStaff.objects.filter(centre=visit.centre, until=None).order_by("pk").first()
    return row.person if row else a_consultant("irina", centre=visit.centre)


def at(visit: Visit, clock: str, *, day: int = 0) -> datetime:
    """What clocks show on a day of a visit there."""
    assert visit.starts_on is not None
    on = visit.starts_on + timedelta(days=day)
    return moment_of(on, time.fromisoformat(clock), ZoneInfo(visit.time_zone))


def a_given(
    visit: Visit,
    title: str = "Встреча",
    hours: str = "10:00-11:00",
    *,
    day: int = 0,
    **said: object,
) -> SessionGiven:
    """What a session is to be."""
    begins, _, ends = hours.partition("-")
    times = {"starts_at": at(visit, begins, day=day), "ends_at": at(visit, ends, day=day)}
    return SessionGiven(**({"kind": "meeting", "title": title} | times | said))  # type: ignore[arg-type]  # as a test names them


def a_session(
    title: str = "Встреча",
    hours: str = "10:00-11:00",
    *,
    visit: Visit | None = None,
    day: int = 0,
    **said: object,
) -> Session:
    """A session of a programme."""
    visit = visit or a_visit()
    given = a_given(visit, title, hours, day=day, **said)
    return add_session(visit, given, actor=staff_of(visit), now=NOON)


def hours(visit: Visit, *, day: int = 0) -> list[str]:
    """A day as it stands: titles and hours, in order."""
    zone = ZoneInfo(visit.time_zone)
    assert visit.starts_on is not None
    on = visit.starts_on + timedelta(days=day)
    return [
        f"{one.title} {one.starts_at.astimezone(zone):%H:%M}-{one.ends_at.astimezone(zone):%H:%M}"
        for one in sessions_of(visit)
        if one.starts_at.astimezone(zone).date() == on
    ]


def told(visit: Visit, *, note: str = "", now: datetime = NOON) -> ProgrammeVersion:
    """The programme as it stands is told."""
    seen = Seen.of(list(sessions_of(visit))).said()
    return tell_programme(visit, seen=seen, note=note, actor=staff_of(visit), now=now)
