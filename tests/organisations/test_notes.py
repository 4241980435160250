from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Gap, Refused
from sinergia.organisations.actions import notes
from sinergia.organisations.models import Acquaintance, Centre, Note, Organisation
from sinergia.people.models import Person
from tests.arrange import NOON, a_centre, a_consultant, an_organisation

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def centre() -> Centre:
    return a_centre()


@pytest.fixture
def larisa(centre: Centre, client: Client) -> Person:
    made = a_consultant("larisa", centre=centre)
    client.force_login(made)
    return made


@pytest.fixture
def steps(centre: Centre) -> Organisation:
    return an_organisation("Полтора шага")


def test_nobody_has_met_on_a_day_to_come(
    steps: Organisation, larisa: Person, client: Client
) -> None:
    address, today = f"/organisations/{steps.key}/inside/notes/", timezone.localdate()
    typed = {"text": "Были в гостях", "met_on": f"{today + timedelta(1)}"}

    refused = client.post(address, typed)

    assert (refused.status_code, Note.objects.count()) == (422, 0)
    assert typed["text"] in refused.text
    assert client.post(address, typed | {"met_on": f"{today}"}).status_code == 302
    assert Acquaintance.objects.get().met_on == today


def test_the_last_day_they_met_is_mended_beside_a_note(
    centre: Centre, steps: Organisation, larisa: Person, client: Client
) -> None:
    today, mistyped = NOON.date(), NOON.date() + timedelta(365)
    text = "Были в гостях"
    note = notes.write_note(centre, steps, text, met_on=mistyped, actor=larisa, now=NOON)
    address = f"/organisations/{steps.key}/inside/notes/{note.key}/"
    shown = {"text": text, "initial-met_on": f"{mistyped}"}

    assert client.post(address, shown | {"met_on": f"{today}"}).status_code == 302
    assert Acquaintance.objects.get().met_on == today
    assert f'name="initial-met_on" value="{today}"' in client.get(address).text

    untouched = shown | {"initial-met_on": "2026-01-01", "met_on": "2026-01-01"}
    client.post(address, untouched)  # opened before the day became another
    assert Acquaintance.objects.get().met_on == today

    client.post(address, shown | {"initial-met_on": f"{today}", "met_on": ""})
    assert not Acquaintance.objects.exists()


def test_a_note_that_a_colleague_removed_is_refused_in_words_and_removed_once(
    centre: Centre, steps: Organisation, larisa: Person
) -> None:
    note = notes.write_note(centre, steps, "Были", met_on=None, actor=larisa, now=NOON)
    for _ in range(2):
        opened = Note(pk=note.pk, key=note.key, centre=centre, organisation=steps, author=larisa)
        notes.remove_note(opened, actor=larisa, now=NOON)

    with pytest.raises(Refused) as refused:
        notes.change_note(note, "Иное", actor=larisa, now=NOON)

    assert refused.value.gaps == [Gap("row_gone")]
    assert Entry.objects.filter(verb="note.removed").count() == 1
