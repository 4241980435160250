"""Who may see and do what with programmes, agreements and visits. Person first, thing second.

Whole lists are scoped by the same conditions: `seen_by` and `kept_by` below.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from sinergia.exchange.models import Delegate, Visit
from sinergia.organisations.access import works_at
from sinergia.organisations.models import Centre, CentreRegion, CentreStaff
from sinergia.people.models import Person

Stage = Visit.Stage
PUBLISHED = (Stage.APPROVED, Stage.UNDER_WAY, Stage.DONE, Stage.ACCOUNTED)  # what may be public
TOLD = (Stage.AGREED, *PUBLISHED)  # what the centre of the other side reads


def may_keep(person: Person, centre: Centre) -> bool:
    """Programmes and agreements, and beginning a visit: whoever works at the centre."""
    return works_at(person, centre)


def may_prepare(person: Person, visit: Visit) -> bool:
    """Changing a visit, its programme and its delegation: the centre that prepares it."""
    return works_at(person, visit.centre)


def is_delegate(person: Person | None, visit: Visit) -> bool:
    """Whether somebody travels, and has said so by their account."""
    return person is not None and person.is_active and _row_of(person, visit).exists()


def is_lead(person: Person | None, visit: Visit) -> bool:
    """Whether somebody leads the delegation."""
    if person is None or not person.is_active:
        return False
    return _row_of(person, visit).filter(is_lead=True).exists()


def is_other_side(person: Person | None, visit: Visit) -> bool:
    """Whether somebody works at the centre of the region on the other side of a visit."""
    if person is None or not person.is_active:
        return False
    return Visit.objects.filter(_of_other_side(person), pk=visit.pk).exists()


def is_coordinator(person: Person | None, visit: Visit) -> bool:
    """Whether somebody is the one of the centre who sees to how the delegates travel."""
    if person is None or visit.course.coordinator_id != person.pk:
        return False
    return works_at(person, visit.centre)


def may_see_visit(person: Person | None, visit: Visit) -> bool:
    """Everybody what is published; its centre, its delegates, the other side what is theirs."""
    return Visit.objects.filter(seen_by(person), pk=visit.pk).exists()


def may_read_inside(person: Person | None, visit: Visit) -> bool:
    """What is not for everybody: the delegation by name, organisers, budget."""
    if person is None:
        return False
    if may_prepare(person, visit):
        return True
    if visit.course.removed_at is not None:
        return False
    return is_delegate(person, visit) or is_other_side(person, visit)


def may_see_travel(person: Person | None, delegate: Delegate) -> bool:
    """Each their own; of others only two: the coordinator and who leads the delegation."""
    if person is None:
        return False
    if delegate.person_id is not None and delegate.person_id == person.pk and person.is_active:
        return delegate.gone_at is None
    return is_coordinator(person, delegate.visit) or is_lead(person, delegate.visit)


def centres_of(person: Person | None) -> set[int]:
    """The centres, by number, at which somebody works: all that they keep is open to them."""
    return set(_work(person).values_list("centre", flat=True)) if person is not None else set()


def seen_by(person: Person | None) -> Q:
    """Visits whose page somebody may open."""
    there = Q(course__removed_at=None)
    seen = Q(course__is_public=True, stage__in=PUBLISHED)
    if person is None or not person.is_active:
        return there & seen
    theirs = Delegate.objects.filter(visit=OuterRef("pk"), person=person, gone_at=None)
    return (there & (seen | Q(Exists(theirs)) | _of_other_side(person))) | kept_by(person)


def kept_by(person: Person) -> Q:
    """Rows of the centres at which somebody works; those that were put away, too."""
    return Q(Exists(_work(person).filter(centre=OuterRef("centre"))))


def _of_other_side(person: Person) -> Q:
    """Visits that somebody's centre is told of: of its region, but prepared elsewhere."""
    work = _work(person).values("centre")
    regions = CentreRegion.objects.filter(centre__in=work).values("region")
    is_told = Q(stage__in=TOLD) | Q(stage=Stage.CANCELLED, course__stage_before__in=TOLD)
    return is_told & (Q(from_region__in=regions) | Q(to_region__in=regions))


def _work(person: Person) -> QuerySet[CentreStaff]:
    return CentreStaff.objects.filter(person=person, person__is_active=True, until=None)


def _row_of(person: Person, visit: Visit) -> QuerySet[Delegate]:
    return Delegate.objects.filter(visit=visit, person=person, gone_at=None)
