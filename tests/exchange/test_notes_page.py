"""Notes on the way: all of them can be reached, those put away can be brought back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from sinergia.exchange.actions.noting import Noted, remove_note, save_note
from sinergia.exchange.models import SessionNote, Visit
from sinergia.people.models import Person
from tests.arrange import NOON, a_visit
from tests.exchange.arrange_home import a_session, a_traveller, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit() -> Visit:
    return a_visit()


@pytest.fixture
def anna(visit: Visit, client: Client) -> Person:
    made = person_of(a_traveller("anna", visit))
    client.force_login(made)
    return made


def test_ones_own_notes_are_reached_behind_many_of_others(
    client: Client, visit: Visit, anna: Person
) -> None:
    session, boris = a_session(visit), person_of(a_traveller("boris", visit))
    mine = Noted(uuid4(), "Моя первая", session=session)
    save_note(visit, mine, actor=anna, now=NOON)
    SessionNote.objects.bulk_create(
        SessionNote(
            visit=visit, session=session, person=boris, text=f"Его {number}", is_shared=True,
            version=1, at=NOON + timedelta(minutes=number), changed_at=NOON,
        )
        for number in range(1, 61)
    )  # fmt: skip

    for address in (f"/visits/{visit.key}/there/", f"/visits/{visit.key}/there/{session.key}/"):
        page = client.get(address)
        seen = [one.text for one in page.context["notes"].rows]
        while after := page.context["notes"].next_key:
            assert f"after={after}#notes" in page.text
            page = client.get(address, {"after": after})
            seen += [one.text for one in page.context["notes"].rows]
        assert (len(seen), len(set(seen)), seen[-1]) == (61, 61, "Моя первая")


def test_a_note_put_away_is_found_and_brought_back(
    client: Client, visit: Visit, anna: Person
) -> None:
    note = save_note(visit, Noted(uuid4(), "Смета на год"), actor=anna, now=NOON)
    remove_note(note, actor=anna, now=NOON)
    address = f"/visits/{visit.key}/there/"
    back = f"/visits/{visit.key}/there/notes/{note.key}/take-back/"

    assert back in client.get(address).text
    client.post(back)

    page = client.get(address)
    assert [one.text for one in page.context["notes"].rows] == ["Смета на год"]
    assert back not in page.text
