"""Invitations by link: for whom, for how long, once; what is kept of a link; what a letter says."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.journal.models import Entry
from sinergia.base.letters.models import Letter
from sinergia.engine.refusal import Refused
from sinergia.people.actions import (
    InvitationLetter,
    invite,
    take_invitation,
    withdraw_invitation,
)
from sinergia.people.models import Invitation
from sinergia.people.queries import holds_address, invitations_to
from tests.arrange import NOON, a_person
from tests.people.arrange_accounts import somebody

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
LATER = NOON + timedelta(days=14)


def an_invitation(email: str = "", **given: object) -> tuple[Invitation, str]:
    made = {"ends_at": LATER, "actor": a_person(f"host{uuid4().hex[:6]}"), "now": NOON} | given
    return invite("membership", "scope-1", "editor", email=email, **made)  # type: ignore[arg-type]  # by name


def test_a_link_is_taken_once_and_by_its_holder_twice_harmlessly() -> None:
    invitation, token = an_invitation()
    vera, boris = a_person("vera"), a_person("boris")

    taken = take_invitation(invitation.key, token, kind="membership", actor=vera, now=LATER)
    again = take_invitation(invitation.key, token, kind="membership", actor=vera, now=LATER)
    with pytest.raises(Refused, match=r"invitation\.over"):
        take_invitation(invitation.key, token, kind="membership", actor=boris, now=NOON)

    assert (taken.taken_by, taken.taken_at, again.taken_at) == (vera, LATER, LATER)
    assert [e.verb for e in Entry.objects.order_by("pk")] == ["invitation.made", "invitation.taken"]


def test_the_last_moment_is_in_time_and_the_next_one_is_not() -> None:
    invitation, token = an_invitation()
    late = LATER + timedelta.resolution

    with pytest.raises(Refused, match=r"invitation\.over"):
        take_invitation(invitation.key, token, kind="membership", actor=a_person(), now=late)
    take_invitation(invitation.key, token, kind="membership", actor=a_person("in time"), now=LATER)


def test_a_wrong_token_another_kind_and_an_unknown_key_are_all_alike() -> None:
    invitation, token = an_invitation()
    vera = a_person("vera")
    tries = [
        (invitation.key, "x" + token, "membership"),
        (invitation.key, token, "official"),
        (uuid4(), token, "membership"),
    ]

    for key, said, kind in tries:
        with pytest.raises(Refused) as refusal:
            take_invitation(key, said, kind=kind, actor=vera, now=NOON)
        assert [gap.code for gap in refusal.value.gaps] == ["invitation.over"]


def test_the_token_is_nowhere_kept() -> None:
    invitation, token = an_invitation("vera@example.org")

    assert token not in {str(value) for value in Invitation.objects.values_list().get()}
    assert len(invitation.token_digest) == 64
    assert all(token not in bytes(entry.content).decode() for entry in Entry.objects.all())


def test_one_to_an_address_is_for_an_account_that_confirmed_it() -> None:
    invitation, token = an_invitation("Vera@Example.org")
    vera, boris, claims = somebody("vera"), somebody("boris"), a_person("claims")
    EmailAddress.objects.create(user=claims, email="vera2@example.org", verified=False)

    with pytest.raises(Refused, match=r"invitation\.other_address"):
        take_invitation(invitation.key, token, kind="membership", actor=boris, now=NOON)
    with pytest.raises(Refused, match=r"invitation\.other_address"):
        take_invitation(invitation.key, token, kind="membership", actor=claims, now=NOON)
    taken = take_invitation(invitation.key, token, kind="membership", actor=vera, now=NOON)

    assert (taken.email, taken.taken_by) == ("vera@example.org", vera)
    assert [holds_address(one, invitation) for one in (vera, boris)] == [True, False]


def test_a_second_one_to_the_same_address_withdraws_the_first() -> None:
    first, old = an_invitation("vera@example.org")
    second, _new = an_invitation("VERA@example.org")

    first.refresh_from_db()
    assert (first.withdrawn_at, second.withdrawn_at) == (NOON, None)
    with pytest.raises(Refused, match=r"invitation\.over"):
        take_invitation(first.key, old, kind="membership", actor=somebody("vera"), now=NOON)
    assert list(invitations_to("membership", "scope-1")) == [second, first]


def test_a_withdrawn_one_is_worthless_and_a_taken_one_is_not_withdrawn() -> None:
    vera = a_person("vera")
    gone, gone_token = an_invitation()
    used, token = an_invitation()
    take_invitation(used.key, token, kind="membership", actor=vera, now=NOON)

    for _ in range(2):
        withdraw_invitation(gone, actor=vera, now=NOON)
    with pytest.raises(Refused, match=r"invitation\.taken"):
        withdraw_invitation(used, actor=vera, now=NOON)

    with pytest.raises(Refused, match=r"invitation\.over"):
        take_invitation(gone.key, gone_token, kind="membership", actor=vera, now=NOON)
    assert Entry.objects.filter(verb="invitation.withdrawn").count() == 1


@pytest.mark.parametrize("days", [0, -1, 61])
def test_a_term_lies_ahead_and_within_sixty_days(days: int) -> None:
    with pytest.raises(Refused, match=r"invitation\.term"):
        an_invitation(ends_at=NOON + timedelta(days=days))


def test_its_states_follow_the_clock() -> None:
    invitation, token = an_invitation()

    assert invitation.state_at(LATER) == "open"
    assert invitation.state_at(LATER + timedelta.resolution) == "ended"
    take_invitation(invitation.key, token, kind="membership", actor=a_person(), now=NOON)
    invitation.refresh_from_db()
    assert invitation.state_at(NOON) == "taken"


@pytest.mark.parametrize(
    "broken",
    [
        {"taken_at": NOON},
        {"withdrawn_at": NOON, "taken_at": NOON},
        {"ends_at": NOON},
    ],
)
def test_the_database_keeps_what_must_hold(broken: dict[str, object]) -> None:
    invitation, _ = an_invitation()

    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(**broken)


def test_one_waits_for_an_address_and_a_role_at_a_time() -> None:
    invitation, _ = an_invitation("vera@example.org")

    invitation.pk, invitation.key = None, uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        invitation.save()


def test_the_letter_is_in_its_language_names_the_link_and_is_forgotten(settings: object) -> None:
    letter = InvitationLetter("https://x.example/i/", "«Полтора шага», редактор", "ru")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]  # the fixture's own way

    invitation, token = an_invitation("vera@example.org", letter=letter)
    run_due_errands(now=timezone.now())

    sent = mail.outbox[-1]
    assert sent.subject == "Приглашение в Синергию"
    assert "«Полтора шага», редактор" in str(sent.body)
    links = re.findall(r"https://\S+", str(sent.body))
    assert links == [f"https://x.example/i/{invitation.key}/{token}/"]
    assert not Letter.objects.filter(text__contains=token).exists()
