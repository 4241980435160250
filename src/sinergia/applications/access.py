"""Who may do what with applications."""

from sinergia.applications.models import Application, Submission
from sinergia.calls.access import is_on_duty
from sinergia.calls.models import Contest, Duty
from sinergia.organisations.access import acts_for, may_serve
from sinergia.organisations.models import Head, Organisation
from sinergia.people.access import may_administer
from sinergia.people.models import Person

SCREEN = (Duty.Kind.OPERATOR, Duty.Kind.SCREENER)


def may_load(person: Person) -> bool:
    """Whoever administers loads files, and so does the command line."""
    return may_administer(person)


def may_settle(person: Person) -> bool:
    """Whoever administers decides what awaits a person, and what a fund's word means."""
    return may_administer(person)


def may_enter(person: Person) -> bool:
    """Whoever administers enters an application by hand."""
    return may_administer(person)


def may_register(person: Person, contest: Contest) -> bool:
    """Registering and marking papers: operators of a contest; all staff where there are none."""
    return is_on_duty(person, contest, Duty.Kind.OPERATOR)


def may_screen(person: Person, contest: Contest) -> bool:
    """Returning, admitting, refusing: those with a duty in it; all staff where there are none."""
    return is_on_duty(person, contest, *SCREEN)


def has_interest(person: Person, organisation: Organisation) -> bool:
    """Whoever is of an organisation's team, heads it or headed it decides nothing about it."""
    heads = Head.objects.filter(organisation=organisation, person=person)
    return acts_for(person, organisation) or heads.exists()


def may_confirm(person: Person, submission: Submission) -> bool:
    """Adding the signed document: the organisation's own people."""
    return acts_for(person, submission.organisation)


def may_tell_origin(person: Person, application: Application) -> bool:
    """Saying of which project it is: the organisation's own people, the centre of its region."""
    organisation = application.organisation
    if organisation is None:
        return False
    return acts_for(person, organisation) or may_serve(person, organisation)
