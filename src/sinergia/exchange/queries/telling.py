"""What has changed in a programme, and whom it concerns."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sinergia.engine.visiting.changes import Picture, SessionChange, changes_between
from sinergia.exchange.access import TOLD
from sinergia.exchange.models import (
    Confirmation,
    Delegate,
    ProgrammeStep,
    ProgrammeVersion,
    Session,
    Visit,
)
from sinergia.exchange.queries.hosts import address_of
from sinergia.exchange.queries.sessions import all_sessions_of, host_name, picture_of
from sinergia.exchange.queries.visits import staff_of
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.card import shown_organisations
from sinergia.organisations.queries.merging import living_keys
from sinergia.organisations.queries.roles import staff_of_regions
from sinergia.people.models import Person
from sinergia.practices.models import Practice
from sinergia.practices.queries.practices import published_practices


@dataclass(frozen=True)
class HostAddressee:
    """A mailbox of hosts and the sessions that concern it. asked: the links of those that stay."""

    address: str
    names: Sequence[str]
    changes: Sequence[SessionChange]
    asked: Sequence[Confirmation]


@dataclass(frozen=True)
class Addressees:
    """Who is told of a version. unreachable: hosts whose address nobody knows.

    beside: who works at the centre of the other side, where it knows of the visit.
    """

    delegates: Sequence[Delegate]
    silent: Sequence[Delegate]  # neither an account nor an address
    hosts: Sequence[HostAddressee]
    unreachable: Sequence[str]
    beside: Sequence[Person]

    @property
    def people(self) -> list[Person]:
        """Those of the delegates who have an account."""
        return [one.person for one in self.delegates if one.person is not None]


def pictures_in(version: ProgrammeVersion | None) -> dict[str, Picture]:
    """The sessions of a version by their keys; none: nothing was told yet."""
    if version is None:
        return {}
    values: dict[str, Picture] = json.loads(bytes(version.content))["values"]
    return values


def living(pictures: Mapping[str, Picture]) -> dict[str, Picture]:
    """The same sessions; a host that was found to be another organisation since is that one."""
    told = {UUID(one["host"]) for one in pictures.values() if one.get("host")}
    led = living_keys(sorted(told)) if told else {}
    moved = {str(key): str(now) for key, now in led.items() if key != now}
    if not moved:
        return dict(pictures)
    rows = Organisation.objects.filter(key__in=moved.values())
    named = {str(one.key): {"host": str(one.key), "host_name": host_name(one)} for one in rows}
    return {
        key: {**one, **named.get(moved.get(one.get("host", ""), ""), {})}
        for key, one in pictures.items()
    }


@dataclass(frozen=True)
class ToldEver:
    """Sessions by their keys: told last, told once and no more there; of each what is said now.

    late: minutes; versions: how often each was changed, so that a calendar knows a later word.
    """

    standing: Mapping[str, Picture]
    gone: Mapping[str, Picture]
    late: Mapping[str, int]
    versions: Mapping[str, int]


def told_ever(visit: Visit) -> ToldEver:
    """All that calendars may hold of a visit: two queries."""
    told = [pictures_in(one) for one in visit.versions.order_by("number")]
    standing = told[-1] if told else {}
    before = {key: one for pictures in told for key, one in pictures.items()}
    rows = Session.objects.filter(visit=visit).values_list("key", "late_minutes", "version")
    found = {str(key): (late, version) for key, late, version in rows}
    return ToldEver(
        standing=standing,
        gone={key: one for key, one in before.items() if key not in standing},
        late={key: late for key, (late, _version) in found.items()},
        versions={key: version for key, (_late, version) in found.items()},
    )


def told_to_all(version: ProgrammeVersion | None) -> dict[str, Picture]:
    """What everybody may read of a version: nothing meant for those who travel, no names of people.

    A host that the register hides by now is not named, nor is a practice that was withdrawn.
    """
    pictures = living(pictures_in(version))
    hosts = {one["host"] for one in pictures.values() if one["host"]}
    shown = shown_organisations().filter(key__in=hosts).values_list("key", flat=True)
    open_hosts = {str(key) for key in shown}
    titles = {title for one in pictures.values() for title in _titles(one)}
    known = set(Practice.objects.filter(title__in=titles).values_list("title", flat=True))
    known -= set(published_practices().filter(title__in=titles).values_list("title", flat=True))
    return {
        key: {
            **one,
            **({} if one["host"] in open_hosts else {"host": "", "host_name": ""}),
            "practices": "; ".join(title for title in _titles(one) if title not in known),
            **dict.fromkeys(("heads", "transport", "note"), ""),
        }
        for key, one in pictures.items()
    }


def _titles(picture: Picture) -> list[str]:
    return [one for one in picture["practices"].split("; ") if one]


def changes_now(visit: Visit, sessions: Sequence[Session]) -> list[SessionChange]:
    """What has changed since the last version that was told."""
    last = visit.versions.order_by("-number").first()
    now = {str(one.key): picture_of(one) for one in sessions}
    return changes_between(living(pictures_in(last)), now)


def changes_of(version: ProgrammeVersion) -> list[SessionChange]:
    """What a version changed of the one before it."""
    rows = ProgrammeVersion.objects.filter(visit=version.visit, number__lt=version.number)
    before = rows.order_by("-number").first()
    return changes_between(living(pictures_in(before)), living(pictures_in(version)))


def version_keyed(visit: UUID | str, number: int) -> ProgrammeVersion | None:
    """A version by the key of its visit, whoever asks: for the worker."""
    rows = ProgrammeVersion.objects.select_related("visit__course", "visit__centre__organisation")
    return rows.filter(visit__key=visit, number=number).first()


def late_sessions(step: ProgrammeStep) -> list[tuple[Session, str]]:
    """The sessions that a delay concerns, each with its host's address; "" where nobody knows."""
    rows = step.sessions.filter(session__removed_at=None)
    rows = rows.select_related(
        "session__confirmation", "session__visit__course", "session__host", "session__municipality"
    )
    sessions = [row.session for row in rows.order_by("session__starts_at", "pk")]
    found = []
    for one in sessions:
        asked = _confirmation(one)
        known = asked.email if asked is not None else ""
        found.append((one, known or address_of(one.host)))
    return found


def hosts_to_call(step: ProgrammeStep) -> list[str]:
    """Hosts of a delay whom no letter reaches."""
    names = [host_name(one.host) for one, address in late_sessions(step) if not address]
    return list(dict.fromkeys(filter(None, names)))


def all_called_off(visit: Visit, *, is_undone: bool = False) -> Addressees:
    """Whoever awaits a visit, each host for what it was told or asked of: none of it takes place.

    is_undone: what still stands in the programme takes place after all.
    """
    rows = list(all_sessions_of(visit))
    there = {str(one.key): picture_of(one) for one in rows if one.removed_at is None}
    asked = {str(one.key) for one in rows if _confirmation(one) is not None} & set(there)
    told = living(pictures_in(visit.versions.order_by("-number").first()))
    if is_undone:
        standing = {key: one for key, one in there.items() if key in told or key in asked}
        return addressees_of(visit, changes_between({}, standing), rows)
    since = {key for key in asked if told.get(key, {}).get("host") != there[key]["host"]}
    changes = changes_between({key: there[key] for key in since}, {})
    return addressees_of(visit, [*changes_between(told, {}), *changes], rows)


def to_call(visit: Visit) -> list[str]:
    """Delegates and hosts whom no letter reaches."""
    told = all_called_off(visit)
    return [*(one.name for one in told.silent), *told.unreachable]


def organisers_to_write(visit: Visit, told: Addressees) -> list[str]:
    """Addresses of those who prepare a visit and hear of it in no other way."""
    people = [*told.people, *told.beside, *staff_of(visit.centre)]
    known = {one.email.casefold() for one in people}
    known |= {one.email.casefold() for one in told.delegates}
    known |= {one.address.casefold() for one in told.hosts}
    rows = visit.organisers.exclude(email="").order_by("side", "pk")
    found = [one.casefold() for one in rows.values_list("email", flat=True)]
    return [one for one in dict.fromkeys(found) if one not in known]


def addressees_of(
    visit: Visit, changes: Sequence[SessionChange], sessions: Sequence[Session]
) -> Addressees:
    """Everybody who travels; each mailbox of hosts with what concerns it alone.

    sessions: all of the visit, those that were taken out, too.
    """
    rows = Delegate.objects.filter(visit=visit, gone_at=None).select_related("person")
    delegates = list(rows.order_by("place", "pk"))
    hosts, unreachable = _hosts(changes, {str(one.key): one for one in sessions})
    return Addressees(
        delegates=[one for one in delegates if one.person or one.email],
        silent=[one for one in delegates if not (one.person or one.email)],
        hosts=hosts,
        unreachable=unreachable,
        beside=_beside(visit, delegates),
    )


def _beside(visit: Visit, delegates: Sequence[Delegate]) -> list[Person]:
    if visit.stage not in TOLD:
        return []
    ours = visit.centre.staff.filter(until=None).values("person")
    known = {one.person_id for one in delegates}
    people = staff_of_regions([visit.from_region_id, visit.to_region_id]).exclude(pk__in=ours)
    return [one for one in people if one.pk not in known]


def _hosts(
    changes: Sequence[SessionChange], sessions: Mapping[str, Session]
) -> tuple[list[HostAddressee], Sequence[str]]:
    keys = {key for change in changes for key in change.hosts}
    named = {str(one.key): one for one in Organisation.objects.filter(key__in=keys)}
    gathered: dict[str, list[tuple[str, SessionChange]]] = {}
    unreachable: dict[str, str] = {}
    known: dict[str, str] = {}
    for change in changes:
        for key in sorted(change.hosts & set(named)):
            name = named[key].short_name or named[key].name
            address = _address(change, sessions, key) or known.get(key)
            if address is None:
                address = known[key] = address_of(named[key])
            if address:
                gathered.setdefault(address, []).append((name, change))
            else:
                unreachable[key] = name
    found = [
        HostAddressee(
            address,
            sorted({name for name, _change in rows}),
            [change for _name, change in rows],
            _asked(sessions, rows, address),
        )
        for address, rows in sorted(gathered.items())
    ]
    return found, sorted(unreachable.values())


def _address(change: SessionChange, sessions: Mapping[str, Session], host: str) -> str:
    """The address by which this host was asked for this session, or had been while it was its."""
    session = sessions.get(change.key)
    if session is None:
        return ""
    if session.host is not None and str(session.host.key) == host:
        asked = _confirmation(session)
        return asked.email if asked is not None else ""
    return session.asked_before if change.before.get("host") == host else ""


def _asked(
    sessions: Mapping[str, Session],
    rows: Sequence[tuple[str, SessionChange]],
    address: str,
) -> list[Confirmation]:
    """The links that belong into the letter: of sessions that are there and theirs."""
    there = [sessions.get(change.key) for _name, change in rows if change.kind != "gone"]
    found = [_confirmation(one) for one in there]
    return [one for one in found if one is not None and one.email == address]


def _confirmation(session: Session | None) -> Confirmation | None:
    return getattr(session, "confirmation", None) if session is not None else None
