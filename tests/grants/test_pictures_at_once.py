"""Pictures are let be shown while somebody in them refuses, on either database."""

import pytest
from django.db import transaction

from sinergia.engine.refusal import Refused
from sinergia.grants.actions.diary import agree_picture, shelve_picture
from sinergia.grants.actions.joining import say_shown
from sinergia.grants.models import DiaryPicture, Grant, Joiner
from sinergia.people.models import Person
from tests.arrange import a_centre, a_consultant, a_contest
from tests.arrange_grants import a_grant, an_award, fresh, leader_of, signed
from tests.grants.arrange_joining import NOW, a_closed_picture, a_page, a_role, proven, seen_now
from tests.organisations.test_roles_at_once import at_once
from tests.support.test_trainings_at_once import in_a_file

__all__ = ["in_a_file"]
pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
PICTURES = 6


def arranged() -> tuple[Joiner, Person, list[DiaryPicture]]:
    """Somebody who agreed to be shown, who looks at pictures, and pictures still closed."""
    with transaction.atomic():
        centre = a_centre()
        operator = a_consultant(centre=centre)
        award = an_award(contest=a_contest(centre=centre), operator=operator)
        grant: Grant = seen_now(signed(a_grant(award, operator=operator), operator))
        leader = leader_of(grant)
        a_page(grant, leader)
        row = proven(a_role(fresh(grant), leader, confirms=False))
        say_shown(row, is_shown=True, now=NOW)
        pictures = [a_closed_picture(fresh(grant), leader) for _ in range(PICTURES)]
        return Joiner.objects.select_related("role").get(pk=row.pk), operator, pictures


@pytest.mark.usefixtures("in_a_file")
def test_no_picture_stays_open_of_whoever_refuses_meanwhile() -> None:
    row, operator, pictures = arranged()

    def agreeing(picture: DiaryPicture) -> object:
        return agree_picture(picture, "Все согласны", [row], actor=operator, now=NOW)

    told = at_once(
        *[lambda one=one: agreeing(one) for one in pictures],
        lambda: say_shown(row, is_shown=False, now=NOW),
    )

    assert set(told) <= {"done", "picture.not_agreed"}
    assert told[-1] == "done"
    assert not DiaryPicture.objects.filter(agreed_at__isnull=False).exists()
    # Whoever still has the form with their name open is told, whenever it comes.
    with pytest.raises(Refused, match=r"picture\.not_agreed"):
        agreeing(pictures[0])


@pytest.mark.usefixtures("in_a_file")
def test_a_picture_that_was_taken_out_is_not_let_be_shown() -> None:
    row, operator, pictures = arranged()
    shelve_picture(pictures[0], is_away=True, actor=operator, now=NOW)

    with pytest.raises(Refused, match=r"picture\.taken_out"):
        agree_picture(pictures[0], "Все согласны", [row], actor=operator, now=NOW)
