"""How accounts are read."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import default_token_generator
from django.db.models import QuerySet

from sinergia.people.models import Person

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def invented_people() -> QuerySet[Person]:
    """People of the demo, whom its visitors may enter as."""
    return Person.objects.filter(is_invented=True, is_active=True).order_by("pk")


def language_of(email: str) -> str:
    """The language that the owner of an address reads in; "" where nobody has it."""
    found = Person.objects.filter(email=email.casefold()).values_list("language", flat=True)
    return found.first() or ""


def has_factor(person: Person) -> bool:
    """Whether somebody proves themselves by an app of codes or a passkey."""
    return bool(Authenticator.objects.filter(user=person, type__in=STRONG).exists())


def has_one_factor(person: Person) -> bool:
    """Whether there is exactly one of these: it was set up just now, or all others went."""
    return bool(Authenticator.objects.filter(user=person, type__in=STRONG).count() == 1)


def owner_of_link(key: UUID, token: str) -> Person | None:
    """Whoever a one-time link belongs to; none where it is used, changed or an hour old."""
    person = Person.objects.filter(key=key, is_active=True, machine="").first()
    if person is None or not default_token_generator.check_token(person, token):
        return None
    return person


def accounts(typed: str = "") -> QuerySet[Person]:
    """Accounts of people, not of machines and not erased; by the beginning of an address."""
    found = Person.objects.filter(machine="", is_active=True)
    if typed.strip():
        found = found.filter(email__startswith=typed.strip().casefold())
    return found


def account_by(key: UUID) -> Person | None:
    """One account of a person."""
    return accounts().filter(key=key).first()


def has_other_administrators(person: Person) -> bool:
    """Whether somebody else could administer if this one were gone; machines do not count."""
    others = Person.objects.filter(is_administrator=True, is_active=True, machine="")
    return others.exclude(pk=person.pk).exists()
