"""What is held about a person, gathered from each room's own query."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sinergia.base.files.queries import held_about as files_about
from sinergia.base.journal.models import Entry
from sinergia.base.journal.queries import entries_of
from sinergia.base.letters.queries import letters_to
from sinergia.base.ui.templatetags.figures import moment
from sinergia.insights.person.models import ErasureAct
from sinergia.notices.queries.held import held_about as messages_about
from sinergia.organisations.queries.held import held_about as organisations_about
from sinergia.organisations.queries.teams import last_headed_by, last_led_by
from sinergia.people.models import Person
from sinergia.people.queries.held import addresses_among, mailboxes_of
from sinergia.people.queries.held import held_about as account_about

SHOWN_ENTRIES = 200  # on the page; the file has them all


@dataclass(frozen=True)
class Section:
    """What one room holds: its title and its rows, each a line."""

    title: str
    rows: Sequence[str]


def sections_about(person: Person) -> list[Section]:
    """Everything held about a person, room by room; each room is one function here."""
    mailboxes = mailboxes_of(person)
    found = [
        *account_about(person, mailboxes),
        *organisations_about(person),
        *_files(person),
        *_letters(person, mailboxes),
        *_messages(person),
    ]
    return [Section(title, rows) for title, rows in found]


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


def _files(person: Person) -> list[tuple[str, list[str]]]:
    rows = [f"{moment(file.made_at)}: {file.name}" for file in files_about(person)]
    return [(_("Files you sent"), rows)]


def _letters(person: Person, mailboxes: list[EmailAddress]) -> list[tuple[str, list[str]]]:
    """Letters of every address of theirs; texts with codes are emptied once they went."""
    found = letters_to(*addresses_among(person, mailboxes))
    return [(_("Letters to you"), [f"{moment(one.made_at)}: {one.subject}" for one in found])]


def _messages(person: Person) -> list[tuple[str, list[str]]]:
    rows = [
        f"{moment(one.at)}: {one.text}" if one.at else one.text for one in messages_about(person)
    ]
    return [(_("Messages and choices"), rows)]
