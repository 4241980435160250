"""What stands in the booklet of a visit; what nobody said is left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sinergia.base.ui.templatetags.figures import count, day, moment
from sinergia.base.ui.zones import zone_said
from sinergia.engine.shown import locale_of
from sinergia.exchange.models import Organiser, Visit
from sinergia.exchange.queries.delegation import Town, body_of, towns_of
from sinergia.exchange.words.programme import DayShown, SessionShown, days_shown
from sinergia.insights.region.queries.figures import Block, Figures
from sinergia.insights.region.words.naming import tiles_of
from sinergia.insights.region.words.speaking import sentence_of, theses_of
from sinergia.insights.visit.queries import Host, People, ProgrammeRead
from sinergia.insights.visit.words.hosts import HostSaid, Square, host_said
from sinergia.insights.visit.words.naming import (
    cut,
    days_of,
    short_name,
)

MOST_THESES = 4
NOTE = 900  # signs of a note that are printed
HEADER = 100  # of the title, over each page
Side = Organiser.Side


@dataclass(frozen=True)
class Told:
    """What the booklet tells beside the programme. themes: names of now by names as told."""

    people: People
    hosts: Sequence[Host]
    figures: Figures
    themes: Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """A session as a row: when, what, where; below each, what more is said of it."""

    time: str
    kind: str
    title: str
    more: list[tuple[str, str]]
    host: str
    place: str
    heads: str


@dataclass(frozen=True)
class DayPart:
    """A day with its sessions."""

    title: str
    rows: list[Row]


@dataclass(frozen=True)
class TownPart:
    """Those of one town, in the order of protocol: name, post, organisation."""

    name: str
    rows: list[tuple[str, str, str]]


@dataclass(frozen=True)
class RegionPart:
    """A region in one currency: a sentence, figures with labels, what to say of it."""

    sentence: str
    figures: list[tuple[str, str]]
    theses: list[str]


@dataclass(frozen=True)
class Contact:
    """Somebody who may be asked, as they agreed to be shown."""

    name: str
    post: str
    body: str
    side: str
    does: str
    ways: list[str]


@dataclass(frozen=True)
class Booklet:
    """The booklet as it is set, every text ready. draft: what is said over each page; "": told."""

    language: str
    kind: str
    title: str
    header: str
    route: str
    days_said: str
    draft: str
    facts: list[tuple[str, str]]
    aims: list[str]
    square: Square
    days: list[DayPart]
    travelling: str
    towns: list[TownPart]
    hosts: list[HostSaid]
    region: list[RegionPart]
    region_square: Square
    contacts: list[Contact]
    words: dict[str, str]
    foot: str


def booklet_of(
    visit: Visit, program: ProgrammeRead, told: Told, *, language: str, site: str, now: datetime
) -> Booklet:
    """Put the booklet together, in the language and the zone of the moment.

    site: our address, no slash. now: aware; when it was made.
    """
    page = site + reverse("visits:programme", args=[visit.key])
    number = len(told.people.delegates)
    travelling = ngettext("%(count)s delegate travels.", "%(count)s delegates travel.", number)
    return Booklet(
        language=language,
        kind=_("Booklet of the visit"),
        title=visit.name,
        header=cut(visit.name, HEADER),
        route=f"{visit.from_region.name} → {visit.to_region.name}",
        days_said=days_of(visit),
        draft=_("Draft: the programme has not been told so yet") if program.is_draft else "",
        facts=[(label, value) for label, value in _facts(visit, told.people, now) if value],
        aims=[line.strip() for line in visit.aims.splitlines() if line.strip()],
        square=Square.of(page),
        days=[
            DayPart(_day_title(one), [_row(row, told.themes) for row in one.sessions])
            for one in days_shown(visit, program.sessions)
            if one.sessions
        ],
        travelling=travelling % {"count": count(number)},
        towns=[_town(one) for one in towns_of(told.people.delegates)],
        hosts=[_host(one, program.sessions, site) for one in told.hosts],
        region=_region(told.figures, language),
        region_square=Square.of(site + reverse("regions:detail", args=[visit.to_region.code])),
        contacts=[_contact(one) for one in told.people.organisers if _is_contact(one)],
        words=_words(),
        foot=_foot(visit, program, now),
    )


def _words() -> dict[str, str]:
    """Headings and labels."""
    return {
        "aims": _("What it is for"),
        "contents": _("In this booklet"),
        "point": _("The programme as it is now: point a camera here"),
        "programme": _("Programme"),
        "time": _("Time"),
        "what": _("What"),
        "where": _("Where, at whom"),
        "delegation": _("Delegation"),
        "name": _("Name"),
        "post": _("Post"),
        "organisation": _("Organisation"),
        "hosts": _("Who receives us"),
        "practices": _("Practices"),
        "grants": _("Grants won"),
        "fund": _("Fund"),
        "number": _("How many"),
        "years": _("Years"),
        "sum": _("Sum"),
        "region": _("NGOs of the region in figures"),
        "region_point": _("All figures of the region"),
        "contacts": _("Whom to ask"),
        "page": _("page {page} of {pages}"),
    }


def _facts(visit: Visit, people: People, now: datetime) -> Iterator[tuple[str, str]]:
    """Who receives, who sends, on what ground: of what is kept in the centre, only the public."""
    named: list[str] = []
    for side, label in ((Side.HOST, _("Host side")), (Side.SENDING, _("Sending side"))):
        bodies = [body_of(one, is_public=True) for one in people.organisers if one.side == side]
        yield label, "; ".join(dict.fromkeys(filter(None, bodies)))
        named += bodies
    if (ours := short_name(visit.centre.organisation)) not in named:
        yield _("Prepared by"), ours
    programme, agreement = visit.programme, visit.agreement
    if programme is not None and programme.is_shown:
        yield _("Programme of exchange"), programme.name
    if agreement is not None and agreement.is_shown:
        number = f"№ {agreement.number}, " if agreement.number else ""
        yield _("By agreement"), f"{number}{day(agreement.signed_on)}"
    yield _("Other basis"), visit.basis
    yield _("Clock"), zone_said(timezone.get_current_timezone(), now)


def _day_title(one: DayShown) -> str:
    weekday = format_date(one.day, "EEEE", locale=locale_of(get_language() or "ru"))
    on = f"{day(one.day)}, {weekday}"
    return _("Day %(number)s, %(day)s") % {"number": one.number, "day": on} if one.number else on


def _row(session: SessionShown, themes: Mapping[str, str]) -> Row:
    begins, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    served = [themes.get(one, one) for one in session.themes.split("; ") if one]
    more = [
        (_("Themes"), ", ".join(served)),
        (_("Practices"), session.practices),
        (_("Transport"), session.transport),
        ("", cut(session.note, NOTE)),
    ]
    return Row(
        time=f"{begins:%H:%M}–{ends:%H:%M}",
        kind=session.kind_said,
        title=session.title,
        more=[(label, text) for label, text in more if text],
        host=session.host,
        place=session.place,
        heads=session.heads,
    )


def _town(town: Town) -> TownPart:
    rows = [(one.name, one.post, body_of(one, is_public=True)) for one in town.delegates]
    return TownPart(town.name or _("Town not named"), rows)


def _host(host: Host, sessions: Sequence[SessionShown], site: str) -> HostSaid:
    key = str(host.organisation.key)
    return host_said(host, [one for one in sessions if one.host_key == key], site=site)


def _region(figures: Figures, language: str) -> list[RegionPart]:
    if figures.is_zero:
        return []
    return [_region_part(figures, block, language) for block in figures.blocks]


def _region_part(figures: Figures, block: Block, language: str) -> RegionPart:
    theses = theses_of(figures, block, language)[1 : MOST_THESES + 1]  # the first is the sentence
    return RegionPart(
        sentence=f"{sentence_of(figures, block, language)}.",
        figures=[(tile.label, tile.value) for tile in tiles_of(block)],
        theses=["".join(piece.text for piece in one) for one in theses],
    )


def _is_contact(row: Organiser) -> bool:
    """Whether somebody agreed to be shown and can be named."""
    return row.is_shown and bool(row.name)


def _contact(row: Organiser) -> Contact:
    return Contact(
        name=row.name,
        post=row.post,
        body=body_of(row, is_public=True),
        side=str(Side(row.side).label),
        does=row.does,
        ways=[one for one in (row.phone, row.email) if one],
    )


def _foot(visit: Visit, program: ProgrammeRead, now: datetime) -> str:
    if program.is_draft or not visit.course.version:
        return _("As it stands %(moment)s") % {"moment": moment(now)}
    return _("Version %(number)s of the programme, told on %(told)s; printed on %(now)s") % {
        "number": visit.course.version,
        "told": moment(visit.course.told_at),
        "now": day(timezone.localtime(now).date()),
    }
