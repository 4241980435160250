"""Who may do what with grants. Person first, thing second.

Two kinds of grants. Of a contest held here: its operators run them (all staff where there are
none), and the curator of a grant runs that one; all staff of the centre see them. Won elsewhere:
the centre that serves the organisation's region runs them. Either way the organisation's own
people see theirs and write what it has to write; of a grant won elsewhere they, too, enter what
was signed and paid, since nobody here pays it.
"""

from datetime import date
from uuid import UUID

from django.core.signing import Signer
from django.db.models import Exists, OuterRef, Q
from django.utils.crypto import constant_time_compare

from sinergia.applications.access import has_interest, may_tell_origin
from sinergia.applications.models import Application
from sinergia.calls.access import on_duty
from sinergia.calls.models import Duty
from sinergia.grants.models import DiaryPicture, Grant
from sinergia.organisations.access import acts_for, may_serve, may_speak_for, works_at
from sinergia.organisations.models import Centre, CentreStaff, Membership, Organisation
from sinergia.people.models import Person


def may_see(person: Person, grant: Grant) -> bool:
    """Its organisation's people, and staff of the centre whose it is."""
    if acts_for(person, grant.organisation):
        return True
    if grant.centre is None:
        return may_serve(person, grant.organisation)
    return works_at(person, grant.centre)


def may_run(person: Person, grant: Grant) -> bool:
    """Signing, conditions, periods, money, reports, changes: whoever works on it at the centre."""
    if grant.centre is None:
        return may_serve(person, grant.organisation)
    its = Grant.objects.filter(run_by(person), pk=grant.pk)
    return works_at(person, grant.centre) and its.exists()


def may_decide(person: Person, grant: Grant) -> bool:
    """The same, but never about an organisation of one's own."""
    return may_run(person, grant) and not has_interest(person, grant.organisation)


def may_keep(person: Person, grant: Grant) -> bool:
    """What the organisation writes itself, reports and requests: its leaders and editors."""
    return acts_for(person, grant.organisation)


def may_hand_in(person: Person, grant: Grant) -> bool:
    """Handing a report in is signing it: its leaders; where there are none, whoever writes it."""
    leaders = Membership.objects.filter(
        organisation=grant.organisation, role=Membership.Role.LEADER, until=None
    )
    is_led = leaders.filter(person__is_active=True).exists()
    return may_speak_for(person, grant.organisation) or (may_keep(person, grant) and not is_led)


def may_enter(person: Person, grant: Grant) -> bool:
    """Entering what was signed and paid: who decides; of a grant elsewhere its own people, too."""
    return enters_own(grant, keeps=may_keep(person, grant)) or may_decide(person, grant)


def enters_own(grant: Grant, *, keeps: bool) -> bool:
    """Whether who keeps a grant enters these things too: nobody here pays one won elsewhere."""
    return grant.award_id is None and keeps


def may_decline(person: Person, grant: Grant) -> bool:
    """Giving it back before it is signed: its leaders, and whoever notes their letter."""
    return may_speak_for(person, grant.organisation) or may_enter(person, grant)


def may_begin(person: Person, application: Application) -> bool:
    """Beginning a grant won elsewhere: the organisation's own people, the centre of its region."""
    return may_tell_origin(person, application)


def may_look(person: Person, picture: DiaryPicture) -> bool:
    """A picture that everybody does not see: its people, even what they took out.

    Who runs the grant is asked for a second look: at what waits for it, and what they let be shown.
    """
    entry = picture.entry
    if may_keep(person, entry.grant):
        return True
    if entry.removed_at is not None or picture.removed_at is not None:
        return False
    return picture.agreed_by in (None, person.key) and may_run(person, entry.grant)


def curator_of(grant: Grant) -> Person | None:
    """Who looks after it; nobody, once they have left the centre that does."""
    person = grant.curator
    if person is None:
        return None
    if grant.centre is None:
        return person if may_serve(person, grant.organisation) else None
    return person if works_at(person, grant.centre) else None


def run_by(person: Person) -> Q:
    """Grants of contests of a centre that somebody who works there runs."""
    contest = "award__examination__contest"
    return Q(curator=person) | on_duty(person, Duty.Kind.OPERATOR, contest=contest)


def run_at(person: Person, centre: Centre) -> Q:
    """Grants that somebody who works at a centre runs: what is told to them to be done.

    Won elsewhere: those that they look after, and those that nobody of the centre does.
    """
    staff = CentreStaff.objects.filter(centre=centre, until=None, person__is_active=True)
    of_nobody_else = Q(curator=person) | ~Q(curator__in=staff.values("person"))
    elsewhere = Q(of_nobody_else, centre=None) & of_centre(centre)
    return Q(run_by(person), centre=centre) | elsewhere


def of_centre(centre: Centre) -> Q:
    """Grants that a centre sees: of its contests, and won elsewhere in the regions it serves.

    Asked without a join: no organisation is read for the grants of one's own contests.
    """
    served = Organisation.objects.filter(
        pk=OuterRef("organisation"), region__in=centre.regions.values("region")
    )
    return Q(centre=centre) | Q(Exists(served), centre=None)


def own_token(key: UUID, salt: str = "joiner") -> str:
    """The part of a link of somebody who joins, or of their parent, that nobody can guess."""
    return Signer(salt=f"sinergia.grants.{salt}").signature(str(key))


def may_open_own(key: UUID, token: str, salt: str = "joiner") -> bool:
    """Whether such a link is one that we wrote."""
    return constant_time_compare(own_token(key, salt), token)


def door_code(grant: Grant, on: date) -> str:
    """What the square code at the door says: whose it is, and for which day alone."""
    signature = Signer(salt="sinergia.grants.door").signature(f"{grant.key}:{on}")
    return f"{grant.key.hex}.{on:%Y%m%d}.{signature}"
