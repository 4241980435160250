"""Forgetting a person in the register: every role ends, every text about them goes."""

from collections.abc import Container
from datetime import datetime

from django.core import serializers
from django.db import transaction

from sinergia.engine.text import fold, words_of
from sinergia.organisations.actions import centres, teams
from sinergia.organisations.actions.claims import close_claim
from sinergia.organisations.actions.contacts import forget_contact
from sinergia.organisations.actions.officials import close_office
from sinergia.organisations.models import (
    CentreStaff,
    Change,
    Claim,
    Head,
    Membership,
    MergedRow,
    Official,
    Reach,
    SavedFilter,
)
from sinergia.organisations.queries.held import (
    TOLD,
    Told,
    contacts_with,
    heads_that_are,
    is_named,
    told_by,
    words_told,
)
from sinergia.people.models import Person
from sinergia.people.queries.held import addresses_to_erase


@transaction.atomic
def erase_personal_data_of(person: Person, *, now: datetime) -> int:
    """Forget what the register holds about `person`; give how many rows were touched.

    Call it before the account's address is emptied. Whoever alone led an organisation or headed a
    centre is missed aloud: those who serve it are told, without a name.
    """
    theirs = {"person": person}
    places = list(Membership.objects.filter(**theirs).select_related("organisation", "person"))
    for place in places:
        teams.part(place, actor=person, now=now)
    claims = list(Claim.objects.filter(**theirs).select_related("person"))
    for claim in claims:
        close_claim(claim, actor=person, now=now)
    works = list(CentreStaff.objects.filter(**theirs).select_related("centre", "person"))
    for work in works:
        centres.part(work, actor=person, now=now)
    offices = list(Official.objects.filter(**theirs).select_related("region", "person"))
    for office in offices:
        if office.until is None:
            close_office(office, actor=person, now=now)
    Official.objects.filter(**theirs).update(post="")
    rows = len(places) + len(claims) + len(works) + len(offices)
    return rows + _delete_rows_about(person, [place.organisation_id for place in places])


def _delete_rows_about(person: Person, organisations: list[int]) -> int:
    """Rows that say nothing but who the person is."""
    written = addresses_to_erase(person)
    addresses = {fold(one) for one in written}
    contacts = list(contacts_with(person, written))
    for contact in contacts:
        forget_contact(contact)
    ways = Reach.objects.filter(organisation__in=organisations, kind=Reach.Kind.EMAIL)
    heads = [head.pk for head in heads_that_are(person)]
    own = [way.pk for way in ways if fold(way.value) in addresses]
    told = told_by(person)
    for row in told:
        column = TOLD[type(row)]
        setattr(row, column, "")
        row.save(update_fields=[column])
    _empty_lines_naming(person, organisations)
    deleted = [
        Reach.objects.filter(pk__in=own).delete(),
        Head.objects.filter(pk__in=heads).delete(),
        SavedFilter.objects.filter(person=person).delete(),
        MergedRow.objects.filter(pk__in=_set_aside_about(person, addresses)).delete(),
    ]
    return len(contacts) + len(told) + sum(count for count, _ in deleted)


def _empty_lines_naming(person: Person, organisations: list[int]) -> None:
    """Lines of histories say a head's post and no name: but a name may be written in a post."""
    words = set(words_of(person.name))
    lines = Change.objects.filter(organisation__in=organisations, field="head")
    told = [(line.pk, set(words_of(f"{line.before} {line.after}"))) for line in lines]
    naming = [pk for pk, said in told if len(words) > 1 and words <= said]
    Change.objects.filter(pk__in=naming).update(before="", after="")


def _set_aside_about(person: Person, addresses: Container[str]) -> list[int]:
    """What merges took out and undo would write again: places of theirs, ways, their words."""
    words = set(words_of(person.name))
    rows = MergedRow.objects.filter(deed=MergedRow.Deed.ASIDE)
    labels = [model._meta.label_lower for model in (Membership, *TOLD)]  # noqa: SLF001  # public
    found = []
    for pk, before in rows.filter(model__in=labels).values_list("pk", "before"):
        (stored,) = serializers.deserialize("json", before)
        row = stored.object
        is_place = isinstance(row, Membership) and row.person_id == person.pk
        is_way = isinstance(row, Reach) and fold(row.value) in addresses
        is_told = isinstance(row, Told) and is_named(set(words_of(words_told(row))), words)
        if is_place or is_way or is_told:
            found.append(pk)
    return found
