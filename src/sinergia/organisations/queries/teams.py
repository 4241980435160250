"""The people of organisations and of centres: who is there, who was, who alone holds a place."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from sinergia.organisations.models import (
    Centre,
    CentreRegion,
    CentreStaff,
    Change,
    Membership,
    Official,
    Organisation,
)
from sinergia.organisations.queries.roles import served
from sinergia.people.models import Person
from sinergia.places.models import Region


def memberships_of(organisation: Organisation) -> QuerySet[Membership]:
    """Who acts for an organisation now: leaders first, then who came earlier."""
    rows = Membership.objects.filter(organisation=organisation, until=None)
    return rows.select_related("person", "organisation").order_by("-role", "since", "pk")


def former_memberships(organisation: Organisation) -> QuerySet[Membership]:
    """Who acted for it once, the last to leave first."""
    rows = Membership.objects.filter(organisation=organisation, until__isnull=False)
    return rows.select_related("person").order_by("-until", "-pk")


def ever_in_team(organisation: Organisation) -> QuerySet[Membership]:
    """Who acts for an organisation, and who did."""
    rows = Membership.objects.filter(organisation=organisation)
    return rows.select_related("person", "organisation").order_by("pk")


def ever_in_teams(person: Person) -> QuerySet[Membership]:
    """A person's places in teams, also those they left."""
    rows = Membership.objects.filter(person=person)
    return rows.select_related("person", "organisation").order_by("pk")


def leaders_of(organisation: Organisation) -> QuerySet[Person]:
    """Who leads an organisation now and can sign in."""
    rows = Membership.objects.filter(organisation=organisation, until=None)
    leaders = rows.filter(role=Membership.Role.LEADER).values("person")
    return Person.objects.filter(pk__in=leaders, is_active=True).order_by("pk")


def is_last_leader(membership: Membership) -> bool:
    """Whether nobody would lead the organisation without them."""
    if membership.until or membership.role != Membership.Role.LEADER:
        return False
    others = leaders_of(membership.organisation).exclude(pk=membership.person_id)
    return not others.exists()


def heirs_of(membership: Membership) -> QuerySet[Membership]:
    """To whom a last leader may hand over: everybody else in the team who can sign in."""
    others = memberships_of(membership.organisation).exclude(pk=membership.pk)
    return others.filter(person__is_active=True)


def without_leader(centre: Centre) -> QuerySet[Organisation]:
    """Organisations the centre serves that had people of their own and have no leader now."""
    leaders = Membership.objects.filter(
        organisation=OuterRef("pk"),
        until=None,
        role=Membership.Role.LEADER,
        person__is_active=True,
    )
    had = served(centre).filter(pk__in=Membership.objects.values("organisation"))
    return had.exclude(Exists(leaders)).select_related("municipality")


def partings_of(organisations: Sequence[Organisation]) -> dict[int, Membership]:
    """By organisation, the last of its leaders who left, with what they said to the centre."""
    rows = Membership.objects.filter(
        organisation__in=organisations, until__isnull=False, role=Membership.Role.LEADER
    )
    rows = rows.select_related("person").order_by("until", "pk")
    return {row.organisation_id: row for row in rows}


def last_led_by(person: Person) -> list[Organisation]:
    """Organisations that nobody would lead without this person."""
    led = Membership.objects.filter(person=person, until=None, role=Membership.Role.LEADER)
    rows = led.select_related("organisation").order_by("pk")
    return [row.organisation for row in rows if is_last_leader(row)]


def centres() -> QuerySet[Centre]:
    """Every centre, by the name of its organisation, with the regions it serves."""
    regions = CentreRegion.objects.select_related("region").order_by("region__name_folded", "pk")
    rows = Centre.objects.select_related("organisation__region")
    rows = rows.prefetch_related(Prefetch("regions", regions, to_attr="served"))
    return rows.order_by("organisation__name_folded", "pk")


def heads_by_centre() -> dict[int, list[str]]:
    """Names of those who head each centre now."""
    found: dict[int, list[str]] = defaultdict(list)
    heads = CentreStaff.objects.filter(until=None, role=CentreStaff.Role.HEAD)
    for centre, name in heads.order_by("since").values_list("centre", "person__name"):
        found[centre].append(name)
    return dict(found)


def may_become_centres() -> QuerySet[Organisation]:
    """Registered organisations that are no centre yet."""
    taken = Centre.objects.values("organisation")
    rows = Organisation.objects.filter(kind=Organisation.Kind.REGISTERED, is_public=True)
    return rows.exclude(pk__in=taken).select_related("region")


def centres_seen_by(person: Person) -> QuerySet[Centre]:
    """Centres whose own page a person may open: where they work; all for an administrator."""
    if person.is_administrator and person.is_active:
        return centres()
    work = CentreStaff.objects.filter(person=person, until=None).values("centre")
    return centres().filter(pk__in=work)


def staff_rows(centre: Centre) -> QuerySet[CentreStaff]:
    """Who works at a centre now: heads first, then who came earlier."""
    rows = CentreStaff.objects.filter(centre=centre, until=None)
    return rows.select_related("person", "centre__organisation").order_by("-role", "since", "pk")


def former_staff(centre: Centre) -> QuerySet[CentreStaff]:
    """Who worked there once, the last to leave first."""
    rows = CentreStaff.objects.filter(centre=centre, until__isnull=False)
    return rows.select_related("person").order_by("-until", "-pk")


def ever_at_centre(centre: Centre) -> QuerySet[CentreStaff]:
    """Who works at a centre, and who did."""
    rows = CentreStaff.objects.filter(centre=centre)
    return rows.select_related("person", "centre__organisation").order_by("pk")


def ever_worked(person: Person) -> QuerySet[CentreStaff]:
    """A person's work at centres, also where they left."""
    rows = CentreStaff.objects.filter(person=person)
    return rows.select_related("person", "centre__organisation").order_by("pk")


def heads_of_centre(centre: Centre) -> QuerySet[Person]:
    """Who heads a centre now and can sign in."""
    rows = CentreStaff.objects.filter(centre=centre, until=None, role=CentreStaff.Role.HEAD)
    return Person.objects.filter(pk__in=rows.values("person"), is_active=True).order_by("pk")


def is_last_head(work: CentreStaff) -> bool:
    """Whether nobody would head the centre without them."""
    if work.until or work.role != CentreStaff.Role.HEAD:
        return False
    return not heads_of_centre(work.centre).exclude(pk=work.person_id).exists()


def last_headed_by(person: Person) -> list[Centre]:
    """Centres that nobody would head without this person."""
    work = CentreStaff.objects.filter(person=person, until=None, role=CentreStaff.Role.HEAD)
    rows = work.select_related("centre__organisation").order_by("pk")
    return [row.centre for row in rows if is_last_head(row)]


def free_regions(centre: Centre | None = None) -> QuerySet[Region]:
    """Regions that no centre serves, and those that `centre` itself does, by name."""
    taken = CentreRegion.objects.exclude(centre=centre) if centre else CentreRegion.objects.all()
    return Region.objects.exclude(pk__in=taken.values("region")).order_by("name_folded", "pk")


def officials_of(regions: Iterable[Region]) -> QuerySet[Official]:
    """Who is of these regions' authorities now, region by region."""
    rows = Official.objects.filter(region__in=regions, until=None)
    return rows.select_related("region", "person").order_by("region__name_folded", "since", "pk")


def ever_officials_of(region: Region) -> QuerySet[Official]:
    """Who is of a region's authorities, and who was."""
    rows = Official.objects.filter(region=region)
    return rows.select_related("region", "person").order_by("pk")


def regions_served(centre: Centre) -> QuerySet[Region]:
    """The regions that a centre serves, by name."""
    return Region.objects.filter(pk__in=centre.regions.values("region")).order_by("name_folded")


def regions_to_name(person: Person) -> QuerySet[Region]:
    """Regions to which a person may invite officials: of the centres they head.

    All of them for administrators.
    """
    every = Region.objects.order_by("name_folded", "pk")
    if person.is_administrator:
        return every
    headed = CentreStaff.objects.filter(person=person, until=None, role=CentreStaff.Role.HEAD)
    theirs = CentreRegion.objects.filter(centre__in=headed.values("centre"))
    return every.filter(pk__in=theirs.values("region"))


def groups_led_by(person: Person) -> QuerySet[Organisation]:
    """Groups without a legal entity that a person leads now."""
    led = Membership.objects.filter(person=person, until=None, role=Membership.Role.LEADER)
    kind = Organisation.Kind.GROUP
    return Organisation.objects.filter(pk__in=led.values("organisation"), kind=kind).order_by("pk")


def group_just_written(
    region: Region, name: str, *, by: Person, since: datetime
) -> Organisation | None:
    """The group of this name that the same person has written down since then."""
    kind, words = Organisation.Kind.GROUP, {"field": "name", "after": name, "actor_key": by.key}
    first = Change.objects.filter(organisation=OuterRef("pk"), at__gt=since, **words)
    groups = Organisation.objects.filter(kind=kind, region=region, name=name, made_at__gt=since)
    return groups.filter(Exists(first)).first()
