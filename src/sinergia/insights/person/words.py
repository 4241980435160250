"""Words of what is held and erased; what is held, gathered from each room's own query."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from allauth.account.models import EmailAddress
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sinergia.base.files.queries import held_about as files_about
from sinergia.base.journal import words as journal
from sinergia.base.journal.models import Entry
from sinergia.base.letters.queries import letters_to
from sinergia.base.ui.templatetags.figures import moment
from sinergia.calls.queries.held import asked_by
from sinergia.engine.refusal import Gap
from sinergia.exchange.models import Delegate, VisitConsent
from sinergia.exchange.queries.held import (
    answers_asked_at,
    attended_by,
    commitments_by,
    delegates_that_are,
    feedback_by,
    notes_of,
    organisers_that_are,
    pictures_with,
    quotes_of,
    travel_beside,
    visit_consents_of,
)
from sinergia.grants.queries.joiners import joiners_that_are, parented_by
from sinergia.notices.queries.held import Held
from sinergia.notices.queries.held import held_about as messages_about
from sinergia.notices.words import said_by
from sinergia.organisations.queries.held import held_about as organisations_about
from sinergia.people.models import Person
from sinergia.people.queries.held import addresses_among, mailboxes_of
from sinergia.people.queries.held import held_about as account_about
from sinergia.practices.queries.adoptions import letters_by
from sinergia.practices.queries.held import checks_by, withdrawals_by
from sinergia.review.queries.held import (
    experts_that_are,
    seats_held_by,
    ties_told,
    votes_of,
)
from sinergia.support.models import Enrolment
from sinergia.support.queries.enrolments import enrolments_that_are
from sinergia.support.queries.held import (
    clients_that_are,
    readings_of,
    remarks_by,
    requests_by,
    said_to,
)


@dataclass(frozen=True)
class EntrySaid:
    """An entry of the journal: place in the sealed tree, moment, what was done, its codes."""

    place: str
    at: str
    said: str
    code: str


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
        *_questions(person),
        *_help(person, mailboxes),
        *_visits(person, mailboxes),
        *_trainings(person, mailboxes),
        *_joined(person, mailboxes),
        *_adoptions(person),
        *_practices(person),
        *_remarks(person),
        *_reviews(person, mailboxes),
        *_commissions(person),
        *_files(person),
        *_letters(person, mailboxes),
        *_messages(person, addresses_among(person, mailboxes)),
    ]
    return [Section(title, rows) for title, rows in found]


def explain(gap: Gap) -> str:
    """The sentence for a gap, in the reader's language."""
    return render_to_string(f"held/said/{gap.code}.txt", {"values": gap.values}).strip()


def room_names() -> dict[str, str]:
    """How an act calls what each room let go of."""
    return {
        "reviews": _("Rows of experts, and what tied them to applications"),
        "visits": _("Places in delegations, wishes, ways and notes of visits"),
        "joined": _("Projects joined, their certificates, a parent’s name"),
        "trainings": _("Enrolments in trainings, and their certificates"),
        "organisations": _("Roles, claims, and the person’s words about organisations"),
        "questions": _("Questions about contests, in the person’s words"),
        "messages": _("Messages on the site, choices of messages, rows of mailings"),
        "help": _("What centres wrote down when they helped"),
        "letters": _("Letters to the person’s addresses"),
        "files": _("Unfinished uploads; names given to files"),
        "journal": _("Details of entries in the journal"),
        "account": _("Account, addresses, ways to sign in, sessions, consents, invitations"),
    }


def counted_rooms(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """What went, by room, in the order of the list above."""
    return [(name, counts[code]) for code, name in room_names().items() if code in counts]


def extract(
    person: Person, sections: Iterable[Section], entries: Iterable[Entry], *, made: str
) -> dict[str, object]:
    """Everything held about a person as one JSON document."""
    return {
        "schema": "held/1",
        "person": str(person.key),
        "made_at": made,
        "sections": [{"title": one.title, "rows": list(one.rows)} for one in sections],
        "journal": [f"{one.at}: {one.said} ({one.code})" for one in map(told, entries)],
    }


def told(entry: Entry) -> EntrySaid:
    """An entry with its sentence, and the codes that are sealed."""
    code = f"{entry.verb}, {entry.about_kind}"
    return EntrySaid("", moment(entry.at), journal.explain(entry.verb), code)


def placed(entry: Entry) -> EntrySaid:
    """The same with its place; of an entry read together with its leaf."""
    leaf = getattr(entry, "leaf", None)
    return replace(told(entry), place=str(leaf.place) if leaf else "—")


def _questions(person: Person) -> list[tuple[str, list[str]]]:
    rows = [f"{moment(one.asked_at)}: {one.asked or one.wording}" for one in asked_by(person)]
    return [(_("Questions about contests"), rows)]


def _help(person: Person, mailboxes: list[EmailAddress]) -> list[tuple[str, list[str]]]:
    """What somebody asked of centres, and as whom centres know them."""
    asked = [f"{moment(one.asked_at)}: {one.text}" for one in requests_by(person)]
    clients = list(clients_that_are(person, addresses_among(person, mailboxes)))
    known = [", ".join(filter(None, (one.name, one.reach))) for one in clients]
    said = [f"{one.held_on}: {one.text}" for one in said_to(person, clients)]
    return [
        (_("Requests for help"), asked),
        (_("How resource centres know you"), known),
        (_("What was asked and answered"), said),
    ]


def _reviews(person: Person, mailboxes: list[EmailAddress]) -> list[tuple[str, list[str]]]:
    """What contests know of somebody as an expert."""
    found = list(experts_that_are(person, addresses_among(person, mailboxes)))
    rows = [
        ", ".join(filter(None, (one.contest.call.name, one.name, one.email, one.post, one.work)))
        for one in found
    ]
    ties = [one.evidence for one in ties_told(found) if one.evidence]
    return [(_("Review of contests"), [*rows, *ties])]


def _visits(person: Person, mailboxes: list[EmailAddress]) -> list[tuple[str, list[str]]]:
    """Rows of delegations and organisers, and what was written down at sessions."""
    addresses = addresses_among(person, mailboxes)
    rows = [line for one in delegates_that_are(person, addresses) for line in _travelling(one)]
    rows += [f"{one.visit.name}: {one.name}, {one.post}" for one in organisers_that_are(addresses)]
    rows += [
        f"{one.session.visit.name}: {one.answered_by}, {one.note}"
        for one in answers_asked_at(addresses)
    ]
    there = [
        f"{one.session.visit.name}: {one.session.title}" for one in attended_by(person, addresses)
    ]
    shown = [
        f"{one.session.visit.name}: {one.caption or one.session.title}"
        for one in pictures_with(person, addresses)
    ]
    notes = [f"{moment(one.at)}: {one.text}" for one in notes_of(person)]
    taken = [f"{moment(one.made_at)}: {one.title}" for one in commitments_by(person)]
    thought = [
        f"{moment(one.at)}: {one.useful}, {one.arranged}. {one.text}" for one in feedback_by(person)
    ]
    return [
        (_("Visits"), rows),
        (_("Sessions at which you were"), there),
        (_("Pictures in which you are recognised"), shown),
        (_("Your notes of visits"), notes),
        (_("Taken home from visits"), taken),
        (_("What you thought of visits"), thought),
        (_("What you agreed to about visits"), [_agreed(one) for one in visit_consents_of(person)]),
        (_("Your words about visits"), [one.text for one in quotes_of(person)]),
    ]


def _trainings(person: Person, mailboxes: list[EmailAddress]) -> list[tuple[str, list[str]]]:
    """In what somebody enrolled, and what is written of them there."""
    rows = enrolments_that_are(person, addresses_among(person, mailboxes))
    return [(_("Trainings"), [_enrolled(one) for one in rows])]


def _joined(person: Person, mailboxes: list[EmailAddress]) -> list[tuple[str, list[str]]]:
    """What projects somebody joined, or lets a child of theirs join."""
    addresses = addresses_among(person, mailboxes)
    rows = [
        ", ".join(filter(None, [one.role.name, one.name, one.email, one.certificate]))
        for one in joiners_that_are(person, addresses)
    ]
    rows += [
        _("a parent of %(name)s") % {"name": one.name} for one in parented_by(addresses) if one.name
    ]
    return [(_("Projects you joined"), rows)]


def _adoptions(person: Person) -> list[tuple[str, list[str]]]:
    """What somebody wrote about practices that are taken home."""
    rows = [
        f"{moment(one.at)}: {one.adoption.practice.title}. {one.text}" for one in letters_by(person)
    ]
    return [(_("Letters about practices taken home"), rows)]


def _practices(person: Person) -> list[tuple[str, list[str]]]:
    """What somebody said of practices of others."""
    rows = [
        ". ".join(filter(None, [one.practice.title, one.words, one.ground]))
        for one in checks_by(person)
    ]
    rows += [f"{one.practice.title}. {one.why}" for one in withdrawals_by(person)]
    return [(_("What you said of practices"), rows)]


def _remarks(person: Person) -> list[tuple[str, list[str]]]:
    """What somebody said beside projects, and of drafts that were read."""
    rows = [f"{moment(one.at)}: {one.text}" for one in remarks_by(person)]
    for one in readings_of(person):
        asked = one.words if one.asked_by == person.key else ""
        said = one.summary if one.reader_id == person.pk else ""
        rows.append(". ".join(filter(None, [moment(one.asked_at), asked, said])))
    return [(_("Remarks to projects, and drafts that were read"), rows)]


def _commissions(person: Person) -> list[tuple[str, list[str]]]:
    """Places in commissions, and how somebody voted there."""
    rows = [
        ", ".join(filter(None, [one.commission.contest.call.name, one.name, one.post]))
        for one in seats_held_by(person)
    ]
    rows += [
        ": ".join(filter(None, [moment(one.at), one.get_choice_display(), one.dissent]))
        for one in votes_of(person)
    ]
    return [(_("Commissions of contests"), rows)]


def _enrolled(row: Enrolment) -> str:
    body = row.organisation.name if row.organisation else row.organisation_name
    there = _("was there") if row.attended_at else ""
    told = [row.training.name, row.name, row.email, row.phone, body, row.post, there]
    return ", ".join(filter(None, [*told, row.certificate]))


def _agreed(row: VisitConsent) -> str:
    told = [moment(row.given_at), row.get_purpose_display(), row.told, row.wording]
    ended = _("taken back %(at)s") % {"at": moment(row.withdrawn_at)} if row.withdrawn_at else ""
    return ", ".join(filter(None, [*told[:3], ended, told[3]]))


def _travelling(row: Delegate) -> Iterator[str]:
    yield ", ".join(filter(None, [row.visit.name, row.name, row.post, row.phone, row.email]))
    if row.wishes:
        yield row.wishes
    if (way := travel_beside(row)) is not None:
        yield ", ".join(filter(None, [way.arrives, way.leaves, way.lodging, way.needs]))


def _files(person: Person) -> list[tuple[str, list[str]]]:
    rows = [f"{moment(file.made_at)}: {file.name}" for file in files_about(person)]
    return [(_("Files you sent"), rows)]


def _letters(person: Person, mailboxes: list[EmailAddress]) -> list[tuple[str, list[str]]]:
    """Letters of every address of theirs; texts with codes are emptied once they went."""
    found = letters_to(*addresses_among(person, mailboxes))
    return [(_("Letters to you"), [f"{moment(one.made_at)}: {one.subject}" for one in found])]


def _messages(person: Person, addresses: Sequence[str]) -> list[tuple[str, list[str]]]:
    return [
        (_("Messages and choices"), [_message(one) for one in messages_about(person, addresses)])
    ]


def _message(held: Held) -> str:
    """A row of messages as its reader has it: of a notice, what it says."""
    text = held.text
    if held.notice is not None:
        said = said_by(held.notice)
        text = f"{said.subject} — {said.text}" if said.text else said.subject
    return f"{moment(held.at)}: {text}" if held.at else text
