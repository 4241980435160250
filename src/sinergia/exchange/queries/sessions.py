"""How the sessions of a visit are read, and what the engine makes of them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Case, Q, QuerySet, Value, When

from sinergia.engine.text import fold
from sinergia.engine.visiting.changes import Picture
from sinergia.engine.visiting.conflicts import find_conflicts
from sinergia.engine.visiting.coverage import Offer, Served, coverage
from sinergia.engine.visiting.task import Finding, Item, Place, Terms
from sinergia.exchange.models import (
    DelegateWish,
    ProgrammeStep,
    ProgrammeVersion,
    Session,
    Visit,
)
from sinergia.organisations.models import Organisation, OrganisationTheme
from sinergia.organisations.queries.card import shown_organisations
from sinergia.organisations.queries.claims import public_finds
from sinergia.people.models import Person
from sinergia.places.models import Municipality, Region, Theme
from sinergia.practices.models import Practice

MOST_OFFERS = 2_000  # rows looked through for who could serve a theme
MOST_PRACTICES = 30  # that are offered for a session
_CLOSED = Organisation.Status.CLOSED


def sessions_of(visit: Visit) -> QuerySet[Session]:
    """What stands in a programme, in order, with all that is shown of it; three queries."""
    return all_sessions_of(visit).filter(removed_at=None)


def all_sessions_of(visit: Visit) -> QuerySet[Session]:
    """The same with what was taken out."""
    rows = Session.objects.filter(visit=visit).select_related(
        "visit", "host", "municipality__region", "confirmation"
    )
    rows = rows.prefetch_related("themes__theme", "practices__practice")
    return rows.order_by("starts_at", "ends_at", "pk")


def zone_of(visit: Visit) -> ZoneInfo:
    """The zone of the place that is visited."""
    return ZoneInfo(visit.time_zone)


def day_of(session: Session, zone: ZoneInfo) -> date:
    """The day on which a session begins there."""
    return session.starts_at.astimezone(zone).date()


def findings_of(visit: Visit, sessions: Sequence[Session]) -> list[Finding]:
    """What is against a programme."""
    terms = Terms(zone=zone_of(visit), first=visit.starts_on, last=visit.ends_on)
    return find_conflicts(map(item_of, sessions), terms)


def item_of(session: Session) -> Item:
    """A session as the engine reads it. Before its heads, names are parted by ";" or lines."""
    names = (line.partition(",")[0] for line in session.heads.replace(";", "\n").splitlines())
    return Item(
        key=str(session.key),
        kind=session.kind,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        host=str(session.host.key) if session.host else "",
        people=frozenset(filter(None, map(fold, names))),
        place=_place_of(session),
        themes=frozenset(row.theme.name_folded for row in session.themes.all()),
    )


def coverage_of(visit: Visit, sessions: Sequence[Session]) -> tuple[list[Served], dict[str, Theme]]:
    """What a programme serves of what is wished, and the themes by their folded names.

    Themes of both regions that are called alike are one. Four queries.
    """
    wishes: dict[str, list[str]] = {}
    themes: dict[str, Theme] = {}
    rows = DelegateWish.objects.filter(delegate__visit=visit, delegate__gone_at=None)
    for wish in rows.select_related("theme", "delegate").order_by("delegate__place", "pk"):
        wishes.setdefault(wish.theme.name_folded, []).append(wish.delegate.name)
        themes[wish.theme.name_folded] = wish.theme
    for session in sessions:
        themes |= {row.theme.name_folded: row.theme for row in session.themes.all()}
    items = [item_of(session) for session in sessions]
    served = frozenset().union(*(item.themes for item in items)) if items else frozenset()
    missing = sorted(set(wishes) - served)
    return coverage(items, wishes, _offers(visit.to_region, missing)), themes


def themes_for(visit: Visit) -> list[Theme]:
    """What a session may serve: themes of the region visited, and what delegates wish beside."""
    wished = DelegateWish.objects.filter(delegate__visit=visit).values("theme")
    rows = Theme.objects.filter(Q(region=visit.to_region_id) | Q(pk__in=wished))
    found: dict[str, Theme] = {}
    for theme in rows.order_by("name_folded", "pk"):
        if theme.region_id == visit.to_region_id or theme.name_folded not in found:
            found[theme.name_folded] = theme
    return list(found.values())


def practices_for(
    visit: Visit, host: Organisation | None, *, words: str = "", chosen: Sequence[str] = ()
) -> list[Practice]:
    """What may be shown: published by the host first, then by others there that receive visits.

    words: those alone in whose title or organisation they are. chosen: keys of ticked ones, which
    stay whatever is looked for.
    """
    own = Q(organisation=host.pk) if host is not None else Q(pk=None)
    rows = Practice.objects.filter(
        own | Q(region=visit.to_region_id, is_hosting=True),
        stage=Practice.Stage.PUBLISHED,
        removed_at=None,
    )
    rows = rows.select_related("organisation").annotate(
        is_other=Case(When(own, then=Value(0)), default=Value(1))
    )
    rows = rows.order_by("is_other", "title_folded", "pk")
    kept, found = rows.filter(key__in=chosen), rows
    for word in fold(words).split():
        named = Q(organisation__name_folded__contains=word)
        found = found.filter(named | Q(title_folded__contains=word))
    return list({one.pk: one for one in [*kept, *found[:MOST_PRACTICES]]}.values())


def towns_for(visit: Visit) -> list[Municipality]:
    """Where a session may be: towns of the region visited, then of the one they come from."""
    regions = [visit.to_region_id, visit.from_region_id]
    rows = Municipality.objects.filter(region__in=regions).select_related("region")
    ordered = rows.order_by("name_folded", "pk")
    return sorted(ordered, key=lambda town: regions.index(town.region_id))


def hosts_offered(key: str, kept: Organisation | None, *, words: str = "") -> list[Organisation]:
    """Who may be chosen as a host: the one of now, the one chosen by its key, finds by words."""
    chosen = [kept] if kept is not None else []
    if key and (kept is None or str(kept.key) != key):
        chosen += shown_organisations().filter(key=key)[:1]
    found = public_finds(words) if words.strip() else []
    return list({one.pk: one for one in [*chosen, *found]}.values())


def session_by(visit: Visit, key: UUID) -> Session | None:
    """A session of a visit; what was taken out, too."""
    return all_sessions_of(visit).filter(key=key).first()


def last_step(visit: Visit) -> ProgrammeStep | None:
    """What was done last and not taken back."""
    rows = ProgrammeStep.objects.filter(visit=visit, undone_at=None)
    return rows.order_by("-pk").first()


def step_by(visit: Visit, key: UUID) -> ProgrammeStep | None:
    """One step of a visit's programme."""
    return ProgrammeStep.objects.filter(visit=visit, key=key).first()


def versions_of(visit: Visit) -> QuerySet[ProgrammeVersion]:
    """Every version that was told, the last one first."""
    return ProgrammeVersion.objects.filter(visit=visit).order_by("-number")


def version_numbered(visit: Visit, number: int) -> ProgrammeVersion | None:
    """One of them."""
    return ProgrammeVersion.objects.filter(visit=visit, number=number).first()


def name_by(key: UUID) -> str:
    """What somebody with an account is called; "" where it is erased."""
    names = Person.objects.filter(key=key).values_list("name", flat=True)
    return names.first() or ""


def place_said(session: Session) -> str:
    """Town and address as they are written to a host."""
    town = session.municipality.name_ru if session.municipality else ""
    return ", ".join(filter(None, [town, session.address]))


def picture_of(session: Session) -> Picture:
    """A session as a version keeps it: texts alone, in the words of the place visited."""
    return {
        "kind": session.kind,
        "title": session.title,
        "starts_at": _told(session.starts_at),
        "ends_at": _told(session.ends_at),
        "host": str(session.host.key) if session.host else "",
        "host_name": host_name(session.host),
        "place": place_said(session),
        "heads": session.heads,
        "transport": session.transport,
        "note": session.note,
        "themes": "; ".join(sorted(row.theme.name_ru for row in session.themes.all())),
        "practices": "; ".join(sorted(row.practice.title for row in session.practices.all())),
    }


def host_name(host: Organisation | None) -> str:
    """What a host is called in a programme; "" for none."""
    return (host.short_name or host.name) if host is not None else ""


def _told(moment: datetime) -> str:
    return moment.astimezone(ZoneInfo("UTC")).isoformat(timespec="minutes")


def _place_of(session: Session) -> Place:
    """Where a session is. Without an address, whose rooms it is in tells places of a town apart."""
    town, host = session.municipality, session.host
    address = fold(session.address) or (f"host {host.key}" if host else "")
    return Place(
        town=town.oktmo if town else "",
        address=address if town or session.address else "",
        point=_point_of(town.latitude, town.longitude) if town else None,
        zone=(town.time_zone or town.region.time_zone) if town else "",
    )


def _point_of(latitude: object, longitude: object) -> tuple[float, float] | None:
    if latitude is None or longitude is None:
        return None
    return (float(str(latitude)), float(str(longitude)))


def _offers(region: Region, missing: Iterable[str]) -> list[Offer]:
    """Who works on these themes in a region, and who shows a practice of one of them."""
    wanted = list(missing)
    if not wanted:
        return []
    works = OrganisationTheme.objects.filter(
        theme__name_folded__in=wanted, organisation__region=region, organisation__is_public=True
    ).exclude(organisation__status=_CLOSED)
    shows = Practice.objects.filter(
        theme__name_folded__in=wanted, organisation__region=region, organisation__is_public=True,
        stage=Practice.Stage.PUBLISHED, is_hosting=True, removed_at=None,
    ).exclude(organisation__status=_CLOSED)  # fmt: skip
    fields = [
        f"organisation__{name}"
        for name in ("key", "short_name", "name", "municipality__oktmo",
                     "municipality__latitude", "municipality__longitude")
    ]  # fmt: skip
    found = []
    for rows, is_shown in ((shows, True), (works, False)):
        ordered = rows.order_by("organisation__name_folded", "pk")
        for row in ordered.values_list("theme__name_folded", *fields)[:MOST_OFFERS]:
            theme, key, short, name, town, latitude, longitude = row
            place = Place(town or "", point=_point_of(latitude, longitude))
            found.append(Offer(str(key), short or name, theme, place, shows=is_shown))
    return found
