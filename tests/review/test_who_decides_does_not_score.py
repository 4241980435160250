"""Whoever sits in the commission of a contest becomes no expert of it."""

import pytest
from django.test import Client

from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.people.models import Person
from sinergia.review.actions.commission import end_seat
from sinergia.review.actions.experts import change_expert
from sinergia.review.models import Expert
from tests.arrange import NOON, a_person
from tests.review.arrange_experts import accepted, given, invited, with_mailbox
from tests.review.commission import a_commission, a_member

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_a_member_does_not_accept_until_the_seat_is_given_up(
    contest: Contest, operator: Person
) -> None:
    sent, person = invited(contest, operator), a_person("petrov")
    seat = a_member(a_commission(contest, operator), operator, person=person)

    with pytest.raises(Refused, match=r"expert\.is_member"):
        accepted(sent, person)
    end_seat(seat, actor=operator, now=NOON)

    assert accepted(sent, person).stage == Expert.Stage.ACCEPTED


def test_a_members_address_is_not_invited(contest: Contest, operator: Person) -> None:
    person = with_mailbox(a_person("petrov"), "Petrov@example.org")
    a_member(a_commission(contest, operator), operator, person=person)
    row = invited(contest, operator).expert

    with pytest.raises(Refused, match=r"expert\.member_address"):
        invited(contest, operator, "Петров", "petrov@example.org")
    told = given(email="petrov@example.org")
    with pytest.raises(Refused, match=r"expert\.member_address"):
        change_expert(row, told, actor=operator, now=NOON)


def test_a_name_like_a_members_is_a_warning(
    contest: Contest, operator: Person, client: Client
) -> None:
    a_member(a_commission(contest, operator), operator, name="Бартенева Нина Львовна")
    row = invited(contest, operator, "Бартенева Н. Л.").expert
    client.force_login(operator)

    page = client.get(f"/calls/{contest.call.key}/experts/{row.key}/").content.decode()

    assert "Бартенева Нина Львовна" in page
