"""Erasing a person: the one place that sees every room."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.errands.actions import promise
from sinergia.base.files.actions import erase_personal_data_of as erase_files
from sinergia.base.journal.actions import erase_details, record
from sinergia.base.letters.actions import erase_letters_to
from sinergia.calls.actions.erasing import erase_personal_data_of as erase_questions
from sinergia.engine.refusal import Gap, Refused
from sinergia.exchange.actions.erasing import erase_personal_data_of as erase_visits
from sinergia.grants.actions.forgetting import erase_joiners_of
from sinergia.insights.person import access
from sinergia.insights.person.models import ErasureAct
from sinergia.notices.actions.erasing import erase_personal_data_of as erase_messages
from sinergia.organisations.actions.erasing import (
    erase_personal_data_of as erase_organisations,
)
from sinergia.people.actions.erasing import erase_personal_data_of as erase_account
from sinergia.people.models import Person
from sinergia.people.queries.accounts import has_other_administrators
from sinergia.people.queries.held import addresses_to_erase
from sinergia.review.actions.erasing import erase_experts
from sinergia.review.actions.result_letters import erase_personal_data_of as erase_results
from sinergia.support.actions.clients import erase_personal_data_of as erase_help
from sinergia.support.actions.erasing_trainings import erase_enrolments_of


@dataclass(frozen=True)
class Demand:
    """Why somebody is erased. paper_number, paper_on: of the paper, where it was not the person."""

    ground: str = ErasureAct.Ground.SELF
    paper_number: str = ""
    paper_on: date | None = None


@transaction.atomic
def erase_person(person: Person, demand: Demand, *, actor: Person, now: datetime) -> ErasureAct:
    """Take what is held about a person out of every room, for good; give the act of it.

    Entries of the journal stay, codes and a random key; the seals still verify. Twice gives the
    first act. Raises Refused for the last administrator, PermissionDenied for a stranger.
    """
    found = Person.objects.select_for_update().get(pk=person.pk)
    before = ErasureAct.objects.filter(person_key=found.key).first()
    if before is not None:
        return before
    _check(found, demand, actor)
    counts = _erase_rooms(found, now=now)
    act = ErasureAct.objects.create(
        person_key=found.key,
        at=now,
        ground=demand.ground,
        paper_number=demand.paper_number,
        paper_on=demand.paper_on,
        done_by=actor,
        counts=counts,
    )
    codes: dict[str, str | int] = {"ground": demand.ground, "act": str(act.key)}
    promise("base.search.sweep", now=now, once="base.search.sweep", is_long=True)
    record("person.erased", about=found, actor=actor, at=now, codes=codes | counts)
    return act


def _check(person: Person, demand: Demand, actor: Person) -> None:
    is_self = demand.ground == ErasureAct.Ground.SELF
    if not access.may_erase(actor, person) or is_self != (actor.pk == person.pk):
        raise PermissionDenied
    if person.is_administrator and not has_other_administrators(person):
        raise Refused([Gap("erase.last_administrator")])
    if not is_self and not demand.paper_number:
        raise Refused([Gap("erase.paper_missing", "paper_number")])


def _erase_rooms(person: Person, *, now: datetime) -> dict[str, int]:
    """Ask every room, those above first: each needs the address that the account's room empties.

    The journal comes last: its details alone know the addresses that were given up.
    """
    name = person.name
    addresses = addresses_to_erase(person)
    letters = sum(erase_letters_to(address) for address in addresses)
    return {
        "reviews": erase_experts(person, now=now),
        "results": erase_results(person),
        "help": erase_help(person, now=now),
        "joined": erase_joiners_of(person, now=now),
        "trainings": erase_enrolments_of(person, now=now),
        "visits": erase_visits(person, now=now),
        "organisations": erase_organisations(person, now=now),
        "questions": erase_questions(person),
        "messages": erase_messages(person, now=now),
        "letters": letters,
        "files": erase_files(person, now=now),
        "account": erase_account(person, now=now),
        "journal": erase_details(person.key, holding=[name, *addresses]),
    }
