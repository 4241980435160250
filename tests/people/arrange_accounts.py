"""What tests of accounts do again and again: sign up, read the code in a letter, sign in."""

import re

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.utils import timezone

from sinergia.base.errands.actions import run_due_errands
from sinergia.people.models import Person
from tests.arrange import a_person

PASSWORD = "семь раз отмерь и отрежь"
SIGN_UP = {
    "email": "vera@example.org",
    "name": "Вера Лебедева",
    "language": "ru",
    "password1": PASSWORD,
    "agrees": "on",
}
SECRET = "JBSWY3DPEHPK3PXP"


def letters() -> list[mail.EmailMessage]:
    """Have every letter go that was promised; give all that ever went."""
    run_due_errands(now=timezone.now())
    return list(mail.outbox)


def code_in_letter() -> str:
    """The code in the last letter."""
    found = re.search(r"^\d{4}-\d{4}$", str(letters()[-1].body), re.MULTILINE)
    assert found, letters()[-1].body
    return found.group()


def app_code(secret: str = SECRET) -> str:
    """What the app of codes shows now."""
    return str(format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30)))


def somebody(name: str = "vera", *, must_use_mfa: bool = False, has_app: bool = False) -> Person:
    """A person with a confirmed address, `password of NAME`, and perhaps an app of codes."""
    person = a_person(name)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    if must_use_mfa:
        person.must_use_mfa = True
        person.save()
    if has_app:
        Authenticator.objects.create(user=person, type="totp", data={"secret": SECRET})
    return person


def by_password(client: Client, name: str = "vera", *, to: str = "/") -> str:
    """Type the address and the password; give where that led."""
    typed = {"login": f"{name}@example.org", "password": f"password of {name}", "next": to}
    return str(client.post("/sign-in/", typed).headers.get("Location", ""))
