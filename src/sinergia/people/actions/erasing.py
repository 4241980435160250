"""Erasing what accounts hold about a person, and accounts that never opened."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import ProtectedError, Q

from sinergia.people.actions.sessions import end_sessions_naming
from sinergia.people.models import Consent, Invitation, Person
from sinergia.people.queries.held import addresses_to_erase

UNCONFIRMED_FOR = timedelta(days=7)  # an account made, its address not confirmed


@transaction.atomic
def erase_personal_data_of(person: Person, *, now: datetime) -> int:
    """Empty an account; give how many rows and texts were touched.

    The row stays, mute: others point at it. Consents stay too, as a proof that data were held by
    right; they say no more than the row does. Part of `erase_person`.
    """
    addresses = addresses_to_erase(person)
    theirs = Q(email__in=addresses) | Q(taken_by=person)
    invitations = Invitation.objects.filter(theirs).exclude(email="")
    # Withdrawn first: without an address it would be anybody's who holds the link.
    invitations.filter(taken_at=None, withdrawn_at=None).update(withdrawn_at=now)
    touched = invitations.update(email="")
    touched += end_sessions_naming(person, addresses)
    for model in (EmailAddress, Authenticator, UserSession):
        touched += model.objects.filter(user=person).delete()[0]
    touched += Consent.objects.filter(person=person, withdrawn_at=None).update(withdrawn_at=now)
    _blank(person)
    return touched + 1


def _blank(person: Person) -> None:
    person.name, person.email = "", f"gone-{person.key}@machine.invalid"
    person.password, person.last_login = make_password(None), None
    person.is_active = person.is_administrator = person.must_use_mfa = False
    person.save(
        update_fields=[
            "name",
            "email",
            "password",
            "last_login",
            "is_active",
            "is_administrator",
            "must_use_mfa",
        ]
    )


def forget_unopened_accounts(*, now: datetime) -> int:
    """Delete accounts whose address was not confirmed within a week: whose it is, nobody knows.

    Each by itself: one that something points at by now stays, and does not keep the others.
    """
    confirmed = EmailAddress.objects.filter(verified=True).values("user")
    unopened = Person.objects.filter(
        machine="", last_login=None, is_active=True, is_invented=False, is_administrator=False
    ).filter(made_at__lt=now - UNCONFIRMED_FOR)
    found = unopened.exclude(pk__in=confirmed).order_by("pk")
    return sum(_is_forgotten(pk) for pk in list(found.values_list("pk", flat=True)[:500]))


def _is_forgotten(pk: int) -> bool:
    try:
        with transaction.atomic():
            Consent.objects.filter(person=pk).delete()
            EmailAddress.objects.filter(user=pk).delete()
            Person.objects.filter(pk=pk).delete()
    except ProtectedError:
        return False
    return True
