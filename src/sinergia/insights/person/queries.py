"""What the journal and the acts of erasure hold of a person, and whom they would leave alone."""

from uuid import UUID

from django.db.models import QuerySet

from sinergia.base.journal.models import Entry
from sinergia.base.journal.queries import entries_of
from sinergia.insights.person.models import ErasureAct
from sinergia.organisations.queries.teams import last_headed_by, last_led_by
from sinergia.people.models import Person

SHOWN_ENTRIES = 200  # on the page; the file has them all


def acts_of_whoever(person: Person) -> QuerySet[Entry]:
    """What the journal holds of a person: codes alone."""
    return entries_of(person.key)


def left_alone_by(person: Person) -> list[str]:
    """Names of organisations and centres that nobody would lead without this person."""
    led = [organisation.name for organisation in last_led_by(person)]
    return led + [centre.organisation.name for centre in last_headed_by(person)]


def act_by(key: UUID) -> ErasureAct | None:
    """One act of erasure."""
    return ErasureAct.objects.select_related("done_by").filter(key=key).first()


def extract_of(act: ErasureAct) -> QuerySet[Entry]:
    """The journal's entries that stay, with their places in the sealed tree."""
    return entries_of(act.person_key).select_related("leaf")
