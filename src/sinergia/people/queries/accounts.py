"""How accounts are read."""

from collections.abc import Sequence
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import default_token_generator
from django.db.models import Q, QuerySet

from sinergia.engine.text import words_of
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
    """Accounts of people, not of machines and not erased.

    By the beginning of an address, or of each word of a name.
    """
    found = Person.objects.filter(machine="", is_active=True)
    words = words_of(typed)
    if not typed.strip():
        return found
    names = found.order_by().values_list("pk", "name") if words else []
    named = [pk for pk, name in names if _begins(words, words_of(name))]
    return found.filter(Q(email__startswith=typed.strip().casefold()) | Q(pk__in=named))


def _begins(words: Sequence[str], name: Sequence[str]) -> bool:
    return all(any(part.startswith(word) for part in name) for word in words)


def account_by(key: UUID) -> Person | None:
    """One account of a person."""
    return accounts().filter(key=key).first()


def has_other_administrators(person: Person) -> bool:
    """Whether somebody else could administer if this one were gone; machines do not count."""
    others = Person.objects.filter(is_administrator=True, is_active=True, machine="")
    return others.exclude(pk=person.pk).exists()
