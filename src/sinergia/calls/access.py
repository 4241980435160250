"""Who may change funds and what their words mean, and who holds contests."""

from django.db.models import Exists, OuterRef, Q

from sinergia.calls.models import Contest, Duty
from sinergia.organisations.access import may_lead, works_at
from sinergia.organisations.models import Centre, CentreStaff
from sinergia.people.access import may_administer
from sinergia.people.models import Person


def may_keep_funds(person: Person) -> bool:
    """Making and naming funds, and saying what their words mean."""
    return may_administer(person)


def may_map_directions(person: Person) -> bool:
    """Saying which theme of a region a fund's direction means there."""
    return may_administer(person)


def may_hold(person: Person, centre: Centre) -> bool:
    """Setting up a contest of a centre: whoever works there."""
    return works_at(person, centre)


def may_step(person: Person, centre: Centre) -> bool:
    """Announcing, opening, ending, extending, correcting rules: the head of the centre."""
    return works_at(person, centre) and may_lead(person, centre)


def may_answer(person: Person, centre: Centre) -> bool:
    """Answering what is asked about a contest, or hiding it: whoever works at the centre."""
    return works_at(person, centre)


def is_on_duty(person: Person, contest: Contest, *kinds: str) -> bool:
    """Whether somebody who works at its centre may do in a contest what these duties are for."""
    its = Contest.objects.filter(on_duty(person, *kinds), pk=contest.pk)
    return works_at(person, contest.centre) and its.exists()


def on_duty(person: Person, *kinds: str, contest: str = "pk") -> Q:
    """Rows in whose contest a person has one of some duties, or nobody has any of them.

    Whoever left the centre has none. contest: the field that names the contest.
    """
    row = OuterRef(contest)
    staff = CentreStaff.objects.filter(
        person=OuterRef("person"), centre=OuterRef("contest__centre"), until=None
    )
    held = Duty.objects.filter(Exists(staff), contest=row, kind__in=kinds, until=None)
    return Q(Exists(held.filter(person=person))) | ~Q(Exists(held))
