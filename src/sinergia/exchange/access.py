"""Who may see and do what with programmes, agreements and visits. Person first, thing second.

Whole lists are scoped by the same conditions: `seen_by` and `kept_by` below.
"""

from django.core.signing import Signer
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.crypto import constant_time_compare

from sinergia.exchange.models import Commitment, Delegate, SessionPhoto, Visit
from sinergia.organisations.access import acts_for, works_at
from sinergia.organisations.models import Centre, CentreRegion, CentreStaff, Membership
from sinergia.people.models import Person

Stage = Visit.Stage
PUBLISHED = (Stage.APPROVED, Stage.UNDER_WAY, Stage.DONE, Stage.ACCOUNTED)  # what may be public
BEGUN = (Stage.UNDER_WAY, Stage.DONE, Stage.ACCOUNTED)
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


def may_read_inside(person: Person | None, visit: Visit) -> bool:
    """What is not for everybody: the delegation by name, organisers, budget."""
    if person is None:
        return False
    if may_prepare(person, visit):
        return True
    if visit.course.removed_at is not None:
        return False
    return is_delegate(person, visit) or is_other_side(person, visit)


def may_see_travel(person: Person | None, visit: Visit) -> bool:
    """How others travel: only the coordinator, and who leads the delegation; each their own."""
    return is_coordinator(person, visit) or is_lead(person, visit)


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


def is_home(person: Person | None, visit: Visit) -> bool:
    """Whether somebody works at the centre that prepares, or at that of where one comes from."""
    if person is None or not person.is_active:
        return False
    return Visit.objects.filter(_at_home(person, ""), pk=visit.pk).exists()


def may_read_commitments(person: Person | None, visit: Visit) -> bool:
    """What a delegation takes home: the delegation and the home centre."""
    if person is None or (visit.course.removed_at is not None and not may_prepare(person, visit)):
        return False
    return is_delegate(person, visit) or is_home(person, visit)


def may_write_for(person: Person, delegate: Delegate) -> bool:
    """Take something upon a delegate: they themselves, who leads them, the home centre."""
    visit = delegate.visit
    if delegate.person_id == person.pk and person.is_active and delegate.gone_at is None:
        return True
    return may_hand_over(person, visit)


def may_hand_over(person: Person, visit: Visit) -> bool:
    """Say that another delegate does it: who leads the delegation, the home centre."""
    return is_lead(person, visit) or is_home(person, visit)


def may_change_commitment(person: Person, commitment: Commitment) -> bool:
    """Its delegate, who leads them, people of the organisation that owns it, the home centre."""
    if may_write_for(person, commitment.delegate):
        return True
    return commitment.organisation is not None and acts_for(person, commitment.organisation)


def may_hold(person: Person, visit: Visit) -> bool:
    """Tick who is there: the centre that prepares, and who leads the delegation."""
    return may_prepare(person, visit) or is_lead(person, visit)


def may_add_photo(person: Person, visit: Visit) -> bool:
    """Add pictures: those who travel, and the centre that prepares."""
    return is_delegate(person, visit) or may_prepare(person, visit)


def may_show_photo(person: Person, photo: SessionPhoto) -> bool:
    """Make a picture public: the centre that prepares; never whoever added it."""
    return may_prepare(person, photo.session.visit) and photo.by != person.key


def may_take_out_photo(person: Person, photo: SessionPhoto) -> bool:
    """Take a picture out, or hide it again: whoever added it, and the centre that prepares."""
    visit = photo.session.visit
    return may_prepare(person, visit) or (photo.by == person.key and is_delegate(person, visit))


def link_token(purpose: str, delegate: Delegate, until: str) -> str:
    """The part of a delegate's own link that nobody can guess. until: its last day, 2025-11-16.

    It ends when they stand under another address, or have an account: who has the old one may not
    be them.
    """
    told = f"{delegate.key}:{until}:{delegate.email}:{delegate.person_id or 0}"
    return Signer(salt=f"sinergia.exchange.{purpose}").signature(told)


def may_open_link(purpose: str, delegate: Delegate, until: str, token: str) -> bool:
    """Whether a link is one that we wrote."""
    return constant_time_compare(link_token(purpose, delegate, until), token)


def commitments_told() -> Q:
    """Commitments of which everybody may know: of a public visit that is accounted for."""
    told = Q(visit__course__is_public=True, visit__course__removed_at=None)
    told &= Q(visit__stage=Visit.Stage.ACCOUNTED)
    return told & ~Q(state=Commitment.State.TAKEN_BACK)


def commitments_seen_by(person: Person) -> Q:
    """Commitments that somebody may read: their delegation's, organisations', centre's."""
    there = Q(visit__course__removed_at=None)
    theirs = Delegate.objects.filter(visit=OuterRef("visit"), person=person, gone_at=None)
    own = Membership.objects.filter(person=person, until=None).values("organisation")
    seen = Q(Exists(theirs)) | Q(organisation__in=own)
    return (there & (seen | _at_home(person, "visit__"))) if person.is_active else Q(pk=None)


def _at_home(person: Person, of: str) -> Q:
    """Visits, or what is reached by `of` of them, of a centre where somebody works."""
    work = _work(person).values("centre")
    regions = CentreRegion.objects.filter(centre__in=work).values("region")
    told = Q(**{f"{of}from_region__in": regions, f"{of}stage__in": TOLD})
    return Q(**{f"{of}centre__in": work}) | told


def is_own_row(person: Person, delegate: Delegate | None) -> bool:
    """Whether a row of a delegation is somebody's own."""
    return delegate is not None and delegate.person_id == person.pk and person.is_active


def may_read_press(person: Person | None, visit: Visit) -> bool:
    """Press notes before they are published: the centres of both sides, as they go out."""
    if person is None:
        return False
    if may_prepare(person, visit):
        return True
    return visit.course.removed_at is None and is_other_side(person, visit)
