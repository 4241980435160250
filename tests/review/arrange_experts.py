"""Invitations of experts, with the fewest words."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.urls import reverse

from sinergia.calls.models import Contest
from sinergia.people.models import Person
from sinergia.review.actions.answering import accept_invitation
from sinergia.review.actions.experts import Given, Profile, Sent, invite_expert
from sinergia.review.models import Expert
from sinergia.review.words.experts import letter_to
from tests.arrange import NOON

SOON = NOON + timedelta(days=14)


def given(name: str = "Бартенева Н. Л.", email: str = "", **profile: object) -> Given:
    return Given(Profile(name, **profile), email)  # type: ignore[arg-type]  # a field each


def invited(
    contest: Contest, actor: Person, name: str = "Бартенева Н. Л.", email: str = ""
) -> Sent:
    told = given(name, email)
    return invite_expert(contest, told, ends_at=SOON, actor=actor, now=NOON, letter=letter_to)


def accepted(sent: Sent, person: Person, **profile: object) -> Expert:
    told = Profile(sent.expert.name, **profile)  # type: ignore[arg-type]  # a field each
    return accept_invitation(
        sent.invitation.key, sent.token, told, actor=person, now=NOON + timedelta(hours=1)
    )


def with_mailbox(person: Person, email: str = "") -> Person:
    EmailAddress.objects.create(user=person, email=email or person.email, verified=True)
    return person


def landing(sent: Sent) -> str:
    return reverse("experts:invitation", args=[sent.invitation.key, sent.token])


def person_of(expert: Expert) -> Person:
    if expert.person is None:
        raise ValueError(expert)
    return expert.person
