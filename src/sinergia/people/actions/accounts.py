"""Every change of an account."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.people.access import may_administer
from sinergia.people.actions.consents import give_consent
from sinergia.people.actions.sessions import end_sessions_naming
from sinergia.people.models import Consent, ConsentText, Person
from sinergia.people.queries.held import addresses_of


@transaction.atomic
def make_administrator(email: str, *, actor: Person, now: datetime) -> Person:
    """Give `email` an account that administers; doing it again changes nothing."""
    if not may_administer(actor):
        raise PermissionDenied
    person = Person.objects.select_for_update().filter(email=email.casefold()).first()
    if person is not None and person.is_administrator:
        return person
    if person is None:
        person = Person(email=email.casefold(), name=email.partition("@")[0], made_at=now)
        person.set_unusable_password()
    person.is_administrator = person.must_use_mfa = True
    person.save()
    drop_unproven_password(person, current="", actor=actor, now=now)
    theirs = EmailAddress.objects.filter(user=person)
    theirs.exclude(email=person.email).update(primary=False)
    # Whoever signed up themselves may not have confirmed it yet, and could not get in.
    theirs.update_or_create(
        user=person, email=person.email, defaults={"primary": True, "verified": True}
    )
    record("person.made_administrator", about=person, actor=actor, at=now)
    return person


@transaction.atomic
def sign_up(
    person: Person, *, email: str, name: str, language: str, password: str, now: datetime
) -> Person:
    """Keep a new account with the consent it stands on; it opens once the address is confirmed.

    password: "" for somebody who will sign in by codes.
    """
    person.email, person.name, person.language = email.casefold(), name, language
    person.password = make_password(password or None)
    person.save()
    give_consent(person, ConsentText.Purpose.ACCOUNT, how=Consent.How.SITE, actor=person, now=now)
    record("person.signed_up", about=person, actor=person, at=now)
    return person


@transaction.atomic
def drop_unproven_password(person: Person, *, current: str, actor: Person, now: datetime) -> bool:
    """Make worthless what was typed at sign-up where nobody has confirmed the address till now.

    Anybody may have typed it, with their own password; part of whatever confirms the address by
    other means than the code of that sign-up. Sessions end, half-way sign-ups too. current: the
    session that goes on, "" for none. Whether there was a password.
    """
    theirs = EmailAddress.objects.filter(user=person)
    if not theirs.exists() or theirs.filter(verified=True).exists():
        return False
    end_sessions_naming(person, addresses_of(person), current=current)
    if not person.has_usable_password():
        return False
    person.password = make_password(None)
    person.save(update_fields=["password"])
    record("person.password_dropped", about=person, actor=actor, at=now)
    return True


@transaction.atomic
def change_profile(person: Person, *, name: str, language: str, now: datetime) -> Person:
    """Change what one is called and the language one reads in."""
    found = Person.objects.select_for_update().get(pk=person.pk)
    if (found.name, found.language) == (name, language):
        return found
    found.name, found.language = name, language
    found.save(update_fields=["name", "language"])
    record("person.profile_changed", about=found, actor=found, at=now)
    return found


def first_link_of(person: Person) -> str:
    """Give the token of a link that sets a password once within the hour."""
    return default_token_generator.make_token(person)


@transaction.atomic
def set_first_password(person: Person, password: str, *, now: datetime, name: str = "") -> Person:
    """Set the password a one-time link was made for; the link is used up by it.

    name: of somebody whom the command line has entered; with it they agree to the account.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    person.password, person.name = make_password(password), name or person.name
    person.password_by_mail = False
    person.save(update_fields=["password", "name", "password_by_mail"])
    if name:
        purpose, how = ConsentText.Purpose.ACCOUNT, Consent.How.SITE
        give_consent(person, purpose, how=how, actor=person, now=now)
    record("person.password_set", about=person, actor=person, at=now)
    return person


@transaction.atomic
def choose_language(person: Person, language: str, *, now: datetime) -> Person:
    """Remember the language a person reads in."""
    if person.language != language:
        person.language = language
        person.save(update_fields=["language"])
        record("person.language_chosen", about=person, actor=person, at=now)
    return person


@transaction.atomic
def invent_person(
    email: str, name: str, *, is_administrator: bool, actor: Person, now: datetime
) -> Person:
    """Make somebody of the demo, whom its visitors may enter as without a password."""
    if not may_administer(actor):
        raise PermissionDenied
    person, is_new = Person.objects.get_or_create(
        email=email.casefold(),
        defaults={
            "name": name,
            "password": make_password(None),
            "is_administrator": is_administrator,
            "is_invented": True,
            "made_at": now,
        },
    )
    if is_new:
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
        record("person.invented", about=person, actor=actor, at=now)
    return person


def command_person(now: datetime) -> Person:
    """The machine person in whose name the command line acts, made at its first use."""
    person, _ = Person.objects.get_or_create(
        machine="command",
        defaults={
            "email": "command@machine.invalid",
            "name": "sinergia",
            "password": "!",
            "is_administrator": True,
            "made_at": now,
        },
    )
    return person
