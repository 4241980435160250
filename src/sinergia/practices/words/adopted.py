"""Who took a practice home, on its own page: how many, where, in which state, on what ground."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergia.base.tables.paging import Order, Page, page_of
from sinergia.base.ui.parts import Area, Sheet
from sinergia.base.ui.shades import bounds_of, ranges_of, step_of
from sinergia.base.ui.templatetags.figures import day_short
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.places.queries import regions_in
from sinergia.places.queries.maps import sheet_of
from sinergia.practices.models import Adoption, Practice, ReportedAdoption
from sinergia.practices.queries.adoptions import Tally, confirmed_for, shown_of, tally_of
from sinergia.practices.queries.feeds import reported_on
from sinergia.practices.words.feeds import state_said

ELSEWHERE = 100  # adoptions at other sites that are listed
HOME = "home"  # an address's word for the region of whoever took it home
KINDS = {"intended": "info", "running": "ok", "proven": "ok", "dropped": "warn"}


@dataclass(frozen=True)
class Line:
    """One that took it home. owner: "" where the public does not know them; inside: its page.

    confirmed: the ground of its state: for whom whoever said so spoke, and the day.
    """

    adoption: Adoption
    owner: str
    region: str
    kind: str
    is_inside: bool
    confirmed: str

    @property
    def tells(self) -> bool:
        """Whether everybody reads what came of it."""
        return bool(self.owner) and self.adoption.state == Adoption.State.PROVEN


@dataclass(frozen=True)
class Adopted:
    """The part of the page. states, places: names and numbers; sheet: a map of regions, if any."""

    tally: Tally
    lines: Sequence[Line]
    page: Page[Adoption]
    states: Sequence[tuple[str, int]]
    places: Sequence[tuple[str, str, int]]
    sheet: Sheet | None
    query: str
    only: str  # the region to which the list is narrowed
    elsewhere: Sequence[tuple[ReportedAdoption, str]]  # at other sites, and in which state

    @property
    def proven(self) -> Sequence[Line]:
        """Those of the page whose results stand beside those of the authors."""
        return [one for one in self.lines if one.tells]


def adopted_on(practice: Practice, person: Person | None, query: Mapping[str, str]) -> Adopted:
    """What somebody may know of it. query: of the address, with a page and a region."""
    tally, home = tally_of(practice), query.get(HOME, "")[:10]
    rows = shown_of(practice, person)
    if home:
        rows = rows.filter(organisation__region__code=home)
    order = Order("id", is_descending=True)
    page = page_of(rows, order=order, after=query.get("after", ""), before=query.get("before", ""))
    known = {one.pk: one for one in regions_in(tally.by_region)}
    spoke = confirmed_for(page.rows)
    states = [(str(one.label), tally.by_state.get(one.value, 0)) for one in Adoption.State]
    return Adopted(
        tally=tally,
        lines=[_line(one, spoke.get(one.pk)) for one in page.rows],
        page=page,
        states=[(label, number) for label, number in states if number],
        places=[
            (one.name, one.code, tally.by_region[pk])
            for pk, one in sorted(known.items(), key=lambda told: -tally.by_region[told[0]])
        ],
        sheet=_sheet(tally) if tally.total else None,
        query=f"{HOME}={home}" if home else "",
        elsewhere=[(one, state_said(one)) for one in reported_on(practice)[:ELSEWHERE]],
        only=next((one.name for one in known.values() if one.code == home), home),
    )


def _line(one: Adoption, spoke: Organisation | None) -> Line:
    whose = one.organisation
    is_inside: bool = one.is_inside  # type: ignore[attr-defined]  # annotated by the query
    is_named = whose.is_public or is_inside
    return Line(
        adoption=one,
        owner=(whose.short_name or whose.name) if is_named else "",
        region=whose.region.name if whose.region is not None else _("Region not known"),
        kind=KINDS[one.state],
        is_inside=is_inside,
        confirmed=ground_said(one, spoke),
    )


def ground_said(one: Adoption, spoke: Organisation | None) -> str:
    """By whose word it stands so, and since when; of people nothing."""
    if one.confirmed_at is None:
        return "—"
    values = {"on": day_short(timezone.localdate(one.confirmed_at))}
    is_proven = one.state == Adoption.State.PROVEN
    if spoke is not None and spoke.is_public:
        values["who"] = spoke.short_name or spoke.name
        told = _("confirmed by: %(who)s, %(on)s") if is_proven else _("said by: %(who)s, %(on)s")
        return told % values
    if is_proven:
        return _("confirmed by somebody else than who says it, %(on)s") % values
    return _("said by the organisation or its centre, %(on)s") % values


def _sheet(tally: Tally) -> Sheet | None:
    """The map of regions with how often each took it home; none where no map is loaded."""
    drawn = sheet_of(None)
    if drawn is None:
        return None
    bounds = bounds_of(list(tally.by_region.values()))
    numbers = {area.key: tally.by_region.get(area.place, 0) for area in drawn.areas}
    return Sheet(
        width=drawn.width,
        height=drawn.height,
        areas=[
            Area(
                name=area.name,
                url=f"?{HOME}={area.key}#adoptions",
                path=area.path,
                value=numbers[area.key],
                step=step_of(numbers[area.key], bounds),
                x=area.label_x,
                y=area.label_y,
            )
            for area in drawn.areas
        ],
        steps=[(0, pgettext("figures", "none")), *enumerate(ranges_of(bounds), start=1)],
    )
