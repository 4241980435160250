"""What was taken home, as it is found, filtered and listed, each row by whoever may."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from sinergia.base.asking import ListFilter, key_text, one_of
from sinergia.base.journal.models import Entry
from sinergia.base.journal.queries import codes_told
from sinergia.engine.text import fold
from sinergia.exchange.access import commitments_seen_by
from sinergia.exchange.models import (
    Asked,
    Commitment,
    CommitmentTurn,
    Delegate,
    SessionPractice,
    Visit,
)
from sinergia.organisations.models import CentreRegion, CentreStaff, Membership, Organisation
from sinergia.people.models import Person
from sinergia.practices.models import Practice

MOST_CHOICES = 200  # of one filter
MOST_ON_BOARD = 300
State = Commitment.State
OPEN = (State.NOT_BEGUN, State.IN_WORK)
SHOWN = (State.NOT_BEGUN, State.IN_WORK, State.PROJECT, State.DROPPED)
_BESIDE = (
    "visit__centre",
    "visit__course",
    "practice",
    "organisation",
    "delegate__visit",
    "helper",
)


@dataclass(frozen=True)
class CommitmentFilter(ListFilter):
    """What a reader asked to see. Every value is text from an address; junk means nothing.

    visit, owner, organisation: keys; overdue, mine: `yes`; q: words of what is taken home, of the
    delegate, of the organisation.
    """

    q: str = ""
    state: str = ""
    visit: str = ""
    owner: str = ""
    organisation: str = ""
    overdue: str = ""
    mine: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "CommitmentFilter":
        """Read an address; unknown names and values that cannot be are dropped."""
        given = cls.texts_of(query)
        given["state"] = one_of(given["state"], SHOWN)
        for name in ("visit", "owner", "organisation"):
            given[name] = key_text(given[name])
        for name in ("overdue", "mine"):
            given[name] = "yes" if given[name] == "yes" else ""
        return cls(**given)


def commitments_for(person: Person) -> QuerySet[Commitment]:
    """Commitments that somebody may read; those that were taken back are not among them."""
    rows = Commitment.objects.filter(commitments_seen_by(person), state__in=SHOWN)
    return rows.select_related(*_BESIDE)


def taken_back_for(person: Person) -> QuerySet[Commitment]:
    """Those that were taken back and may be put back."""
    rows = Commitment.objects.filter(commitments_seen_by(person), state=State.TAKEN_BACK)
    return rows.select_related(*_BESIDE)


def asked_for(
    rows: QuerySet[Commitment], asked: CommitmentFilter, *, reader: Person, today: date
) -> QuerySet[Commitment]:
    """Those of `rows` that are asked for; mine: those that the reader took upon themselves."""
    found = Q(state=asked.state) if asked.state else Q()
    if asked.visit:
        found &= Q(visit__key=asked.visit)
    if asked.owner:
        found &= Q(delegate__key=asked.owner)
    if asked.organisation:
        found &= Q(organisation__key=asked.organisation)
    if asked.overdue:
        found &= overdue(today)
    if asked.mine:
        found &= Q(delegate__person=reader, delegate__gone_at=None)
    for word in fold(asked.q).split():
        named = Q(idea_folded__contains=word) | Q(practice__title_folded__contains=word)
        named |= Q(organisation__name_folded__contains=word)
        found &= named | Q(delegate__name_folded__contains=word)
    return rows.filter(found)


def overdue(today: date) -> Q:
    """Commitments that are to be done and whose day has passed."""
    return Q(state__in=OPEN, due_on__lt=today)


def board_of(visit: Visit, *, most: int | None = MOST_ON_BOARD) -> list[Commitment]:
    """What was taken home from a visit: those with the nearest day first. most: None for all."""
    rows = Commitment.objects.filter(visit=visit, state__in=SHOWN).select_related(*_BESIDE)
    found = list(rows.order_by("pk")[:most])
    return sorted(found, key=lambda one: (one.due_on is None, one.due_on or date.min, one.pk))


def visits_among(rows: QuerySet[Commitment]) -> QuerySet[Visit]:
    """The visits of these commitments, the latest first, to choose from."""
    found = Visit.objects.filter(pk__in=rows.order_by().values("visit"))
    return found.order_by("-starts_on", "-pk")[:MOST_CHOICES]


def owners_among(rows: QuerySet[Commitment]) -> QuerySet[Delegate]:
    """Their delegates, to choose from."""
    found = Delegate.objects.filter(pk__in=rows.order_by().values("delegate"))
    return found.order_by("name_folded", "pk")[:MOST_CHOICES]


def organisations_among(rows: QuerySet[Commitment]) -> QuerySet[Organisation]:
    """Their organisations, to choose from."""
    found = Organisation.objects.filter(pk__in=rows.order_by().values("organisation"))
    return found.order_by("name_folded", "pk")[:MOST_CHOICES]


def organisations_of_delegation(commitment: Commitment) -> list[Organisation]:
    """Who may own a commitment: organisations of the delegation, and the one that does."""
    theirs = Delegate.objects.filter(visit=commitment.visit, gone_at=None).values("organisation")
    found = Q(pk__in=theirs) | Q(pk=commitment.organisation_id)
    return list(Organisation.objects.filter(found).order_by("name_folded", "pk"))


def heirs_of(commitment: Commitment) -> list[Delegate]:
    """Who may do it: those who travel, and whose it is."""
    theirs = Q(gone_at=None) | Q(pk=commitment.delegate_id)
    rows = Delegate.objects.filter(theirs, visit=commitment.visit_id).select_related("person")
    return list(rows.order_by("place", "pk"))


def helpers_for(visit: Visit) -> list[Person]:
    """Who may help: staff of the centre that prepares and of that of where one comes from."""
    regions = CentreRegion.objects.filter(region=visit.from_region_id).values("centre")
    staff = CentreStaff.objects.filter(Q(centre=visit.centre_id) | Q(centre__in=regions))
    people = Person.objects.filter(pk__in=staff.filter(until=None).values("person"), is_active=True)
    return list(people.order_by("name", "pk"))


def handed_to(key: str, delegate: str) -> tuple[Commitment, Delegate] | None:
    """A commitment, and who has it or had it and still travels, by their keys: for the worker."""
    row = Commitment.objects.select_related(*_BESIDE).filter(key=key).first()
    rows = Delegate.objects.select_related("person", "visit").filter(gone_at=None)
    one = rows.filter(key=delegate).first()
    return (row, one) if row is not None and one is not None else None


def delegates_of(visit: Visit) -> list[Delegate]:
    """Who travels, in the order of protocol."""
    rows = Delegate.objects.filter(visit=visit, gone_at=None)
    rows = rows.select_related("organisation", "municipality", "person", "visit__centre")
    return list(rows.order_by("place", "pk"))


def practice_shown(visit: Visit, key: str) -> Practice | None:
    """A practice that is shown at some session of a visit, by its key."""
    shown = SessionPractice.objects.filter(session__visit=visit, session__removed_at=None)
    return Practice.objects.filter(
        pk__in=shown.values("practice"), key=key_text(key) or None
    ).first()


def turns_of(commitment: Commitment) -> QuerySet[CommitmentTurn]:
    """How it went, the latest first."""
    return commitment.turns.order_by("-pk")


def handed_over(commitment: Commitment) -> list[tuple[Entry, Delegate | None]]:
    """When it was handed over and to whom, the latest first."""
    about = ("exchange.commitment", commitment.key)
    told = [(one, codes["to"]) for one, codes in codes_told(about, "commitment.handed_over")]
    if not told:
        return []
    rows = Delegate.objects.filter(visit=commitment.visit_id, key__in=[key for _one, key in told])
    by_key = {str(one.key): one for one in rows}
    return [(one, by_key.get(key)) for one, key in told]


def answers_of(commitment: Commitment) -> QuerySet[Asked]:
    """What was asked of it after months, and answered."""
    return commitment.asked.order_by("months")


def is_held_by_project(commitment: Commitment) -> bool:
    """Whether a project of this site stands that grew from it."""
    turns = CommitmentTurn.objects.filter(commitment=commitment, way=CommitmentTurn.By.PROJECT)
    last = turns.order_by("-pk").first()
    return last is not None and last.state == State.PROJECT


def held_by_projects(visit: Visit) -> set[int]:
    """Primary keys of those of a visit that projects of this site hold."""
    turns = CommitmentTurn.objects.filter(commitment__visit=visit, way=CommitmentTurn.By.PROJECT)
    last = dict(turns.order_by("pk").values_list("commitment", "state"))
    return {pk for pk, state in last.items() if state == State.PROJECT}


def teams_of(person: Person) -> set[int]:
    """Primary keys of organisations in whose team somebody is."""
    rows = Membership.objects.filter(person=person, until=None)
    return set(rows.values_list("organisation", flat=True))
