"""Two people move the same session at one moment: on the database that lets them."""

from collections.abc import Callable

import pytest
from django.db import transaction

from sinergia.engine.refusal import Gap, Refused
from sinergia.exchange.actions.moving import nudge_session, shift_later
from sinergia.exchange.actions.sessions import Stale
from sinergia.exchange.models import ProgrammeStep, Session, Visit
from sinergia.people.models import Person
from tests.arrange import NOON, a_consultant, a_visit
from tests.exchange.arrange import a_session, hours, staff_of
from tests.organisations.test_roles_at_once import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def told_apart(act: Callable[[], object]) -> None:
    """Say by a code that somebody was quicker."""
    try:
        act()
    except Stale as stale:
        raise Refused([Gap("meanwhile")]) from stale


@transaction.atomic
def a_day() -> tuple[Visit, Session, Person, Person]:
    visit = a_visit()
    first = a_session("А", "09:00-10:00", visit=visit)
    a_session("Б", "10:00-11:00", visit=visit)
    return visit, first, staff_of(visit), a_consultant("pavel", centre=visit.centre)


def test_of_two_who_move_a_session_at_once_one_is_told_what_the_other_did() -> None:
    visit, first, one, other = a_day()

    told = at_once(
        lambda: told_apart(lambda: nudge_session(first, "later", seen=1, actor=one, now=NOON)),
        lambda: told_apart(lambda: shift_later(first, 30, seen=1, actor=other, now=NOON)),
    )

    assert sorted(told) == ["done", "meanwhile"]
    assert hours(visit) in (
        ["Б 09:00-10:00", "А 10:00-11:00"],
        ["А 09:30-10:30", "Б 10:30-11:30"],
    )
    assert Session.objects.get(pk=first.pk).version == 2
    assert ProgrammeStep.objects.count() == 1
