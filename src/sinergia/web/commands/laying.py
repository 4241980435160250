"""The demo's programmes of visits: one that was told and held, one with much to be mended."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from sinergia.engine.visiting.clock import moment_of
from sinergia.exchange.actions.hosts import Answered, answer_host, ask_host
from sinergia.exchange.actions.publishing import Seen, tell_programme
from sinergia.exchange.actions.sessions import SessionGiven, add_session
from sinergia.exchange.models import Session, Visit
from sinergia.exchange.queries.sessions import practices_for, sessions_of, zone_of
from sinergia.exchange.words.programme import days_of
from sinergia.notices.actions import see_about
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.places.queries import municipality_coded, themes_of
from sinergia.web.demo import stock

A_DAY = timedelta(days=1)


def lay_programmes(
    visit: Visit, hosts: Mapping[str, Organisation | None], *, by: Person, now: datetime
) -> None:
    """Write the programme that the story tells of a visit; taken again, it stays as it is.

    hosts: by brand, and the centres' own by the codes of their regions. now: before the visit is
    held: once it is accounted for, its programme stands.
    """
    told = next((one for one in stock.programmes()["visits"] if one["name"] == visit.name), None)
    if told is None or sessions_of(visit).exists():
        return
    for one in told["sessions"]:
        session = _write(visit, one, hosts, by=by, now=now)
        if one.get("answer"):
            _answer(session, one, by=by, now=now)
    if told["is_told"]:
        seen = Seen.of(list(sessions_of(visit))).said()
        tell_programme(visit, seen=seen, note=told["note"], actor=by, now=now + A_DAY)


def _write(
    visit: Visit,
    told: Mapping[str, Any],
    hosts: Mapping[str, Organisation | None],
    *,
    by: Person,
    now: datetime,
) -> Session:
    number, begins, ends = told["at"]
    day, zone = days_of(visit)[number - 1], zone_of(visit)
    town, themes = told.get("town", ""), told.get("themes", [])
    host = hosts.get(told.get("host", ""))
    shown = practices_for(visit, host) if host else []
    given = SessionGiven(
        kind=told.get("kind", Session.Kind.MEETING),
        title=told["title"],
        starts_at=moment_of(day, time.fromisoformat(begins), zone),
        ends_at=moment_of(day, time.fromisoformat(ends), zone),
        host=host,
        municipality=municipality_coded(stock.programmes()["towns"][town]) if town else None,
        address=told.get("address", ""),
        heads=told.get("heads", ""),
        transport=told.get("transport", ""),
        themes=[one for one in themes_of(visit.to_region) if one.name_ru in themes],
        practices=[one for one in shown if one.organisation_id == getattr(host, "pk", 0)],
    )
    return add_session(visit, given, actor=by, now=now)


def _answer(session: Session, told: Mapping[str, Any], *, by: Person, now: datetime) -> None:
    """The host answers by the link; whoever prepares the visit has seen it."""
    asked = ask_host(session, "", is_sent=False, actor=by, now=now)
    name = told.get("heads", "").partition(",")[0]
    answer_host(asked, Answered(told["answer"], name, told.get("reply", "")), now=now)
    see_about(session, now=now)
