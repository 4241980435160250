"""Practices that were taken home: whose one may see, what everybody may know of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, Q, QuerySet, When

from sinergia.organisations.models import CentreStaff, Membership, Organisation
from sinergia.organisations.queries.roles import staff_serving, within
from sinergia.people.models import Person
from sinergia.places.models import Municipality
from sinergia.practices.models import Adoption, Descent, Letter, Practice, PracticeRevision
from sinergia.practices.queries.catalogue import COUNTED
from sinergia.practices.queries.practices import published_practices

RELATED = (
    "practice__organisation__region",
    "practice__region",
    "practice__foreign__feed",
    "organisation__region",
    "municipality",
    "origin",
    "confirmed_by",
)


@dataclass(frozen=True)
class Tally:
    """How often a practice was taken home. by_state, by_region: counts by their codes."""

    by_state: dict[str, int]
    by_region: dict[int, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_state.values())


def adoptions_of(person: Person) -> QuerySet[Adoption]:
    """Those whose inside a person may see: either side's people, and who keeps them."""
    inside = within(person).values("pk")
    seen = Q(organisation__in=inside) | Q(practice__organisation__in=inside)
    return Adoption.objects.filter(seen).select_related(*RELATED)


def told_adoptions() -> QuerySet[Adoption]:
    """Those that everybody may know of by name: running or proven, nothing of them hidden."""
    practices = published_practices().order_by().values("pk")
    told = Q(state__in=COUNTED, organisation__is_public=True, practice__in=practices)
    return Adoption.objects.filter(told)


def to_be_confirmed_by(person: Person) -> QuerySet[Adoption]:
    """What is said to be proven and awaits the word of this person or of somebody like them."""
    own = Membership.objects.filter(person=person, until=None).values("organisation")
    said = adoptions_of(person).filter(state=Adoption.State.RUNNING, said_by__isnull=False)
    return said.exclude(said_by=person.key).exclude(organisation__in=own).order_by("pk")


def shown_of(practice: Practice, person: Person | None) -> QuerySet[Adoption]:
    """What somebody may know of who took a practice home.

    Everybody, those that run or are proven; the two sides and their centres, all of theirs, which
    say so (`is_inside`).
    """
    rows = Adoption.objects.filter(practice=practice)
    inside = rows.none()
    if person is not None and person.is_active:
        inside = adoptions_of(person).filter(practice=practice).order_by()
    theirs = Case(When(pk__in=inside.values("pk"), then=True), default=False)
    rows = rows.annotate(is_inside=theirs).filter(Q(state__in=COUNTED) | Q(is_inside=True))
    beside = ("organisation__region", "municipality__region", "confirmed_by", "practice")
    return rows.select_related(*beside)


def confirmed_for(rows: Sequence[Adoption]) -> dict[int, Organisation]:
    """For whom whoever confirmed it spoke then, by the number of the row; two queries.

    One of its two sides, or a centre; of administrators nothing.
    """
    people = {one.confirmed_by_id for one in rows} - {None}
    teams = list(Membership.objects.filter(person__in=people).select_related("organisation"))
    work = CentreStaff.objects.filter(person__in=people).select_related("centre__organisation")
    staff = list(work.order_by("pk"))
    told = {}
    for one in rows:
        sides = (one.organisation_id, one.practice.organisation_id)
        spoke = [
            row.organisation for row in teams if row.organisation_id in sides and _then(row, one)
        ]
        spoke += [row.centre.organisation for row in staff if _then(row, one)]
        if spoke:
            told[one.pk] = spoke[0]
    return told


def _then(row: Membership | CentreStaff, one: Adoption) -> bool:
    """Whether somebody's place was theirs when they confirmed."""
    at = one.confirmed_at
    if at is None or row.person_id != one.confirmed_by_id:
        return False
    return row.since <= at and (row.until is None or row.until >= at)


def tally_of(practice: Practice) -> Tally:
    """What everybody may count: those that run and that are proven; one query."""
    rows = Adoption.objects.filter(practice=practice, state__in=COUNTED).order_by()
    told = rows.values_list("state", "organisation__region").annotate(n=Count("pk"))
    by_state: Counter[str] = Counter()
    by_region: Counter[int] = Counter()
    for state, region, number in told:
        by_state[state] += number
        by_region[region or 0] += number
    return Tally(by_state, by_region)


def open_adoption(practice: Practice, organisation: Organisation) -> Adoption | None:
    """How an organisation takes a practice home now."""
    rows = Adoption.objects.filter(practice=practice, organisation=organisation)
    return rows.exclude(state=Adoption.State.DROPPED).select_related(*RELATED).first()


def last_published(practice: Practice) -> PracticeRevision | None:
    """What the public reads of it."""
    why = PracticeRevision.Why.PUBLISHED
    return practice.revisions.filter(why=why).order_by("-pk").first()


def letters_of(adoption: Adoption) -> QuerySet[Letter]:
    """What the two sides wrote to one another, as they wrote."""
    return adoption.letters.select_related("by", "of").order_by("pk")


def letters_by(person: Person) -> QuerySet[Letter]:
    """What somebody wrote to the other side of a practice taken home."""
    rows = Letter.objects.filter(by=person).select_related("adoption__practice")
    return rows.order_by("pk")


def people_told(organisation: Organisation) -> list[Person]:
    """Who is told what concerns an organisation: its people; where it has none, its centre."""
    team = Membership.objects.filter(organisation=organisation, until=None).values("person")
    people = list(Person.objects.filter(pk__in=team, is_active=True).order_by("pk"))
    return people or list(staff_serving(organisation))


def voice_of(person: Person, adoption: Adoption) -> Organisation | None:
    """For whom somebody writes there: their own side; else the centre at which they work.

    Administrators, where no centre serves a side, write for that side.
    """
    own = Membership.objects.filter(person=person, until=None)
    for side in (adoption.organisation, adoption.practice.organisation):
        if side is not None and own.filter(organisation=side).exists():
            return side
    sides = [one for one in (adoption.organisation, adoption.practice.organisation) if one]
    work = CentreStaff.objects.filter(
        person=person, until=None, centre__regions__region__in=[one.region_id for one in sides]
    )
    found = work.select_related("centre__organisation").order_by("pk").first()
    if found is not None:
        return found.centre.organisation
    return within(person).filter(pk__in=[one.pk for one in sides]).order_by("pk").first()


def places_of_all(organisations: Sequence[Organisation]) -> QuerySet[Municipality]:
    """Municipalities of the regions in which organisations are, by the alphabet."""
    regions = {one.region_id for one in organisations if one.region_id is not None}
    return Municipality.objects.filter(region__in=regions).order_by("name_folded", "pk")


def may_have_grown(adoption: Adoption) -> QuerySet[Practice]:
    """Practices of whoever took it home, of which nothing is said yet."""
    rows = Practice.objects.filter(organisation=adoption.organisation_id, removed_at=None)
    return rows.filter(descent=None).exclude(pk=adoption.practice_id).order_by("title_folded", "pk")


def grown_from(adoption: Adoption, person: Person) -> QuerySet[Descent]:
    """Practices that grew from what was taken home: what is published, and the reader's own."""
    open_to_all = Q(practice__stage=Practice.Stage.PUBLISHED)
    seen = open_to_all | Q(practice__organisation__in=within(person).values("pk"))
    rows = adoption.grown.filter(seen, practice__removed_at=None)
    return rows.select_related("practice").order_by("pk")


def ancestors_of(practice: Practice) -> Sequence[int]:
    """The practices it grew from, at any depth, the nearest first; as many queries as steps."""
    line: list[int] = []
    at: int | None = practice.pk
    while at is not None and at not in line[:-1]:
        parent = Descent.objects.filter(practice=at).values_list("adoption__practice", flat=True)
        at = parent.first()
        if at is not None:
            line.append(at)
    return line
