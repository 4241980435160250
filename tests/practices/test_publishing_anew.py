"""A practice is published anew: after it was taken out, after its organisation moved."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils.translation import override

from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.notices.words import said_by
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.practices.actions.adopting import Intent, intend
from sinergia.practices.actions.files import attach
from sinergia.practices.actions.publishing import Published, publish_practice
from sinergia.practices.actions.sending import send_practice
from sinergia.practices.actions.withdrawing import withdraw_practice
from sinergia.practices.forms.checking import PublishForm
from sinergia.practices.models import Practice
from sinergia.practices.queries.practices import confirmed_level, published_practices
from sinergia.practices.queries.writing import files_of, themes_for
from tests.afterwards import codes_in
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_region,
    a_theme,
    an_organisation,
    an_upload,
)
from tests.practices.arrange_writing import a_ready_practice, publish, write

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def leader(organisation: Organisation) -> Person:
    return a_leader(organisation=organisation)


@pytest.fixture
def consultant(organisation: Organisation) -> Person:
    return a_consultant(centre=a_centre(region=organisation.region))


@pytest.fixture
def practice(organisation: Organisation, leader: Person) -> Practice:
    return a_ready_practice(organisation=organisation, actor=leader)


def test_what_was_sent_before_it_was_taken_out_brings_nothing_back(
    practice: Practice, leader: Person, consultant: Person
) -> None:
    publish(practice, author=leader, consultant=consultant)
    write(practice, {"result": "60 семей"}, actor=leader)
    sent = send_practice(practice, actor=leader, now=NOON).sent.key

    withdraw_practice(practice, "Перепроверяем числа", actor=leader, now=NOON)

    with pytest.raises(Refused) as refusal:
        publish_practice(practice, sent, Published(), actor=consultant, now=NOON)
    practice.refresh_from_db()
    assert (codes_in(refusal), practice.stage) == (["not_waiting"], Practice.Stage.WITHDRAWN)
    again = send_practice(practice, actor=leader, now=NOON)
    publish_practice(practice, again.sent.key, Published(), actor=consultant, now=NOON)
    assert list(published_practices()) == [practice]


def test_a_confirmed_level_stays_when_a_newer_text_is_published_as_the_page_offers_it(
    client: Client, practice: Practice, leader: Person, consultant: Person
) -> None:
    said = Published(evidence=4, ground="Отчёт 2025 года")
    publish(practice, author=leader, consultant=consultant, said=said)
    write(practice, {"result": "60 семей"}, actor=leader)
    sent = send_practice(practice, actor=leader, now=NOON).sent.key
    client.force_login(consultant)

    form = client.get(f"/practices/{practice.key}/check/").context["forth"]
    typed = {"sent": sent, "evidence": form["evidence"].value(), "ground": form["ground"].value()}
    client.post(f"/practices/{practice.key}/check/publish/", typed)

    practice.refresh_from_db()
    check = confirmed_level(practice)
    assert practice.evidence == 4
    assert check is not None
    assert (check.sent.key, check.ground) == (sent, "Отчёт 2025 года")


@pytest.mark.parametrize("began_in", [None, "XB-YAR"])
def test_a_practice_goes_with_its_organisation_to_the_region_where_it_is(
    began_in: str | None, organisation: Organisation, leader: Person, consultant: Person
) -> None:
    here = organisation.region
    there = a_region(began_in) if began_in else None
    Organisation.objects.filter(pk=organisation.pk).update(region=there)
    practice = a_ready_practice(organisation=organisation, actor=leader)
    Organisation.objects.filter(pk=organisation.pk).update(region=here)
    practice = Practice.objects.get(pk=practice.pk)
    theme = a_theme("Наше", region=here)

    assert {one.region for one in themes_for(practice)} == {here}
    write(practice, {"theme": str(theme.key)}, actor=leader)
    publish(practice, author=leader, consultant=consultant)

    practice.refresh_from_db()
    assert (practice.region, practice.theme) == (here, theme)


@pytest.mark.parametrize("taken_back", [{"name": "", "shown": ""}, {"shown": "nobody"}])
def test_who_is_shown_no_more_stands_in_no_earlier_text(
    taken_back: dict[str, str], practice: Practice, leader: Person, consultant: Person
) -> None:
    row = {"name": "Анна Секретова, +7 900 000-00-00", "shown": "everybody"}
    write(practice, {f"contacts/aaaaaa/{cell}": text for cell, text in row.items()}, actor=leader)
    publish(practice, author=leader, consultant=consultant)
    page = f"/practices/{practice.key}/"
    before = Client().get(page).content.decode()
    changed = {f"contacts/aaaaaa/{cell}": text for cell, text in taken_back.items()}
    write(practice, changed | {"result": "60 семей"}, actor=leader)
    last = publish(practice, author=leader, consultant=consultant)

    told = Client().get(f"{page}changes/{last.key}/").content.decode()

    assert "Секретова" in before
    assert ("60 семей" in told, "Секретова" in told) == (True, False)


def test_whoever_took_it_home_is_told_that_it_is_out_of_the_catalogue(
    practice: Practice, leader: Person, consultant: Person
) -> None:
    publish(practice, author=leader, consultant=consultant)
    home = an_organisation("Завтра у реки", region=a_region("XB-YAR", "Ярогорский край"))
    adopter = a_leader("adopter", organisation=home)
    intend(practice, home, Intent(), actor=adopter, now=NOON)

    for _time in range(2):
        withdraw_practice(practice, "Перепроверяем числа", actor=leader, now=NOON)

    told = Notice.objects.get(person=adopter)
    with override("en"):
        said = said_by(told)
    assert told.code == "practices.home_withdrew"
    assert "What you took home stays with you" in said.text


def test_a_file_stays_private_unless_whoever_publishes_ticks_it(
    practice: Practice, leader: Person
) -> None:
    attach(practice, "materials", an_upload(leader), actor=leader, now=NOON)

    form = PublishForm(list(files_of(practice)), 0, None, sent=uuid4())

    assert not form["opened"].initial
