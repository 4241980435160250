"""A programme as pages, papers and calendars show it: days, sessions, what is against them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import pgettext

from sinergia.engine.visiting.changes import Picture
from sinergia.engine.visiting.coverage import Served
from sinergia.engine.visiting.task import Finding
from sinergia.exchange.models import Confirmation, Session, Visit
from sinergia.exchange.queries.hosts import is_stale
from sinergia.exchange.queries.sessions import place_said
from sinergia.places.models import Theme

Answer = Confirmation.Answer


@dataclass(frozen=True)
class Against:
    """What is against a session, said. other: the key of the session it clashes with."""

    text: str
    blocks: bool
    key: str
    other: str = ""


@dataclass(frozen=True)
class SessionShown:
    """A session as it is read. Texts are whole; row: where it can be changed."""

    key: str
    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    host: str = ""
    host_key: str = ""
    place: str = ""
    heads: str = ""
    transport: str = ""
    note: str = ""
    themes: str = ""
    practices: str = ""
    late_minutes: int = 0
    against: Sequence[Against] = field(default=())
    row: Session | None = None

    @property
    def kind_said(self) -> str:
        """What it is; a meeting at a host says so by its host."""
        return "" if self.kind == Session.Kind.MEETING else str(Session.Kind(self.kind).label)

    @property
    def expected_at(self) -> datetime:
        """When it begins, late as one is."""
        return self.starts_at + timedelta(minutes=self.late_minutes)

    @property
    def answer(self) -> tuple[str, str]:
        """What the host says: the kind of a badge and its word; nothing where nobody was asked."""
        return answer_said(self.row) if self.row is not None else ("", "")


@dataclass(frozen=True)
class DayShown:
    """A day of a programme. number: of the visit's days; 0 outside them."""

    day: date
    number: int
    sessions: Sequence[SessionShown]


@dataclass(frozen=True)
class ThemeShown:
    """A row of what is served: the theme, who wishes it, where it is, who could."""

    name: str
    key: str
    served: Served
    sessions: Sequence[tuple[str, str]]  # key, title


def shown_now(sessions: Iterable[Session], findings: Iterable[Finding] = ()) -> list[SessionShown]:
    """Sessions as they stand, each with what is against it. In the zone of the moment."""
    rows = list(sessions)
    titles = {str(one.key): one.title for one in rows}
    against: dict[str, list[Against]] = {}
    for one in findings_said(findings, titles):
        against.setdefault(one.key, []).append(one)
        if one.other:
            against.setdefault(one.other, []).append(replace(one, key=one.other, other=one.key))
    return [_shown(one, against.get(str(one.key), ())) for one in rows]


def shown_told(pictures: Mapping[str, Picture], late: Mapping[str, int]) -> list[SessionShown]:
    """Sessions as a version told them. late: minutes by key, as they are said now."""
    found = [
        SessionShown(
            key=key,
            kind=one["kind"],
            title=one["title"],
            starts_at=datetime.fromisoformat(one["starts_at"]),
            ends_at=datetime.fromisoformat(one["ends_at"]),
            host=one["host_name"],
            host_key=one["host"],
            place=one["place"],
            heads=one["heads"],
            transport=one["transport"],
            note=one["note"],
            themes=one["themes"],
            practices=one["practices"],
            late_minutes=late.get(key, 0),
        )
        for key, one in pictures.items()
    ]
    return sorted(found, key=lambda one: (one.starts_at, one.ends_at, one.key))


def days_shown(visit: Visit, sessions: Sequence[SessionShown]) -> list[DayShown]:
    """The visit's days, the empty ones too, and any other day on which something begins."""
    by_day: dict[date, list[SessionShown]] = {day: [] for day in days_of(visit)}
    for one in sessions:
        by_day.setdefault(timezone.localtime(one.starts_at).date(), []).append(one)
    own = days_of(visit)
    return [
        DayShown(day, own.index(day) + 1 if day in own else 0, rows)
        for day, rows in sorted(by_day.items())
    ]


def days_of(visit: Visit) -> list[date]:
    """Every day of a visit; none where its days are not known."""
    if visit.starts_on is None or visit.ends_on is None:
        return []
    count = (visit.ends_on - visit.starts_on).days + 1
    return [visit.starts_on + timedelta(days=number) for number in range(count)]


def findings_said(findings: Iterable[Finding], titles: Mapping[str, str]) -> list[Against]:
    """What is against a programme, in sentences."""
    return [
        Against(
            render_to_string(
                f"exchange/said/{one.code}.txt",
                {"values": one.values, "titles": [titles.get(key, "") for key in one.keys]},
            ).strip(),
            one.blocks,
            one.keys[0],
            one.keys[1] if len(one.keys) > 1 else "",
        )
        for one in findings
    ]


def themes_shown(
    served: Sequence[Served], themes: Mapping[str, Theme], sessions: Iterable[Session]
) -> list[ThemeShown]:
    """What is served of what is wished, by the names of themes."""
    titles = {str(one.key): one.title for one in sessions}
    return [
        ThemeShown(
            themes[one.theme].name,
            str(themes[one.theme].key),
            one,
            [(key, titles.get(key, "")) for key in one.sessions],
        )
        for one in served
    ]


def answer_said(session: Session) -> tuple[str, str]:
    """What the host of a session says: the kind of a badge and its word."""
    asked: Confirmation | None = getattr(session, "confirmation", None)
    if session.host is None:
        return ("", "")
    if asked is None:
        return ("neutral", pgettext("host", "not asked yet"))
    if not asked.answer:
        return ("info", pgettext("host", "asked, no answer yet"))
    if is_stale(asked, session):
        return ("warn", pgettext("host", "answered for another time or place"))
    kinds = {Answer.YES: "ok", Answer.OTHERWISE: "warn", Answer.NO: "bad"}
    return (kinds[Answer(asked.answer)], str(Answer(asked.answer).label))


def _shown(session: Session, against: Sequence[Against]) -> SessionShown:
    host = session.host
    return SessionShown(
        key=str(session.key),
        kind=session.kind,
        title=session.title,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        host=(host.short_name or host.name) if host else "",
        host_key=str(host.key) if host else "",
        place=place_said(session),
        heads=session.heads,
        transport=session.transport,
        note=session.note,
        themes="; ".join(sorted(row.theme.name for row in session.themes.all())),
        practices="; ".join(sorted(row.practice.title for row in session.practices.all())),
        late_minutes=session.late_minutes,
        against=against,
        row=session,
    )
