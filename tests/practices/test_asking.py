"""A reader asks the authors of a practice for its whole passport."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.base.journal.models import Entry
from sinergia.notices.models import Notice
from sinergia.people.models import Person
from sinergia.practices.actions.asking import ask_for_passport
from sinergia.practices.models import PassportAsk, Practice
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_person,
    an_organisation,
)
from tests.practices.arrange_writing import a_ready_practice, publish

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def a_published() -> tuple[Practice, Person]:
    """A practice with a card alone, and who leads its organisation."""
    own = an_organisation("Завтра у реки")
    author = a_leader("author", organisation=own)
    consultant = a_consultant(centre=a_centre(region=own.region))
    practice = a_ready_practice(organisation=own, actor=author)
    publish(practice, author=author, consultant=consultant)
    Notice.objects.all().delete()
    return Practice.objects.get(), author


def test_asked_twice_the_authors_are_told_once_and_read_how_many_ask(client: Client) -> None:
    practice, author = a_published()
    reader = a_leader("reader", organisation=an_organisation("Полтора шага"))
    client.cookies["django_language"] = "en"
    client.force_login(reader)
    page = f"/practices/{practice.key}/"

    before = client.get(page).content.decode()
    for _press in range(2):
        client.post(f"{page}ask/")
    after = client.get(page).content.decode()
    client.force_login(author)
    theirs = client.get(f"{page}writing/").content.decode()

    assert "Ask for the whole passport" in before
    assert ("Ask for the whole passport" in after, "You asked the authors" in after) == (
        False,
        True,
    )
    told = Notice.objects.get(code="practices.passport_asked")
    assert (told.person, told.url) == (author, f"{page}writing/")
    assert told.values["organisation"] == "Полтора шага"
    assert Entry.objects.filter(verb="practice.passport_asked").count() == 1
    assert "1 reader has asked for the whole passport." in theirs


def test_whoever_writes_it_or_acts_for_nobody_does_not_ask(client: Client) -> None:
    practice, author = a_published()
    nobody = a_person("nobody")
    shown = []

    for person in (author, nobody):
        with pytest.raises(PermissionDenied):
            ask_for_passport(practice, actor=person, now=NOON)
        client.force_login(person)
        shown.append(b"/ask/" in client.get(f"/practices/{practice.key}/").content)

    assert shown == [False, False]
    assert not PassportAsk.objects.exists()
