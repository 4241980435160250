"""The journey of an organisation: what each reader sees of it, and how far a centre's have come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from sinergia.applications.models import Application
from sinergia.calls.models import Outcome
from sinergia.exchange.models import Visit
from sinergia.grants.models import Grant, Report
from sinergia.insights.organisation.queries.journey import (
    STEPS,
    Accepted,
    JourneyFilter,
    funnel,
    journey_of,
    journeys,
)
from sinergia.organisations.models import Centre, Organisation
from sinergia.people.models import Person
from sinergia.projects.actions.starting import share_project
from sinergia.support.models import Consultation, Enrolment, Topic, Training
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_delegate,
    a_leader,
    a_person,
    a_project,
    a_region,
    a_visit,
    an_application,
    an_official,
    an_organisation,
    sign_in_twice,
)
from tests.arrange_grants import a_report, elsewhere, in_two, signed

LATER = NOON + timedelta(days=90)

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


@dataclass
class World:
    """A centre with its consultant, and an organisation with its leader."""

    centre: Centre
    larisa: Person
    organisation: Organisation
    tamara: Person


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def world() -> World:
    centre, organisation = a_centre(), an_organisation("Рудный Лог: соседи")
    larisa = a_consultant("larisa", centre=centre)
    return World(centre, larisa, organisation, a_leader("tamara", organisation=organisation))


def a_topic(centre: Centre) -> Topic:
    made, _ = Topic.objects.get_or_create(centre=centre, name_ru="Смета", name_folded="смета")
    return made


def consulted(of: Organisation, by: Person, centre: Centre) -> Consultation:
    return Consultation.objects.create(
        centre=centre, held_on=date(2026, 3, 2), channel="office", organisation=of,
        topic=a_topic(centre), text="СЕКРЕТ", result="solved", minutes=20, consultant=by,
        made_at=NOON, changed_at=NOON,
    )  # fmt: skip


def trained(of: Organisation, centre: Centre) -> Enrolment:
    held = Training.objects.create(
        centre=centre, name="Школа проектов", name_folded="школа проектов", stage="held",
        starts_at=NOON - timedelta(days=300), ends_at=NOON - timedelta(days=299), hours=8,
        where="Кленовск", check_code=f"code-{centre.pk}-{of.pk}", made_at=NOON,
    )  # fmt: skip
    return Enrolment.objects.create(
        training=held, name="Т. И.", name_folded="т. и.", organisation=of, language="ru",
        stage="enrolled", enrolled_at=NOON, attended_at=NOON,
    )  # fmt: skip


def visited(of: Organisation, centre: Centre) -> Visit:
    made = a_visit("В Светлоборск", centre=centre)
    a_delegate("Яровая Т. И.", visit=made)
    made.delegates.update(organisation=of)
    made.stage, made.starts_on, made.ends_on = "done", date(2025, 10, 16), date(2025, 10, 17)
    made.save()
    return made


def won(of: Organisation) -> Application:
    made = an_application(organisation=of, outcome=Outcome.WON)
    Application.objects.filter(pk=made.pk).update(decided_on=date(2026, 9, 1), contest_year=2026)
    return made


def granted(of: Organisation, by: Person) -> Grant:
    """A grant won elsewhere, signed, with one report accepted and one being written."""
    made = signed(in_two(elsewhere(of, by, application=won(of)), by), by)
    first, second = made.periods.order_by("number")
    a_report(first)
    Report.objects.update(settled_at=LATER)
    a_report(second, "draft")
    return made


def a_whole_way(world: World) -> None:
    """Every step, none of them twice."""
    organisation = world.organisation
    organisation.registered_on = date(2015, 1, 1)
    organisation.save(update_fields=["registered_on"])
    trained(organisation, world.centre)
    visited(organisation, world.centre)
    consulted(organisation, world.larisa, world.centre)
    project = a_project(organisation=organisation)
    share_project(project, is_shared=True, actor=world.tamara, now=NOON)
    granted(organisation, world.tamara)


def steps(world: World, reader: Person) -> list[str]:
    return [one.step for one in journey_of(world.organisation, reader)]


def test_every_step_stands_on_one_line_of_time_the_earliest_first(world: World) -> None:
    a_whole_way(world)

    assert sorted(steps(world, world.larisa), key=STEPS.index) == list(STEPS)
    assert sorted(steps(world, world.tamara), key=STEPS.index) == [
        step
        for step in STEPS
        if step != "visited"  # the visit is not public, and she did not go
    ]
    days = [one.on for one in journey_of(world.organisation, world.larisa)]
    assert days == sorted(day for day in days if day is not None)


def test_a_centre_sees_no_consultation_of_another_and_no_project_that_is_not_shared(
    world: World,
) -> None:
    next_door = a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край"))
    vera = a_consultant("vera", centre=next_door)
    consulted(world.organisation, vera, next_door)
    trained(world.organisation, next_door)
    a_project(organisation=world.organisation)

    assert steps(world, world.larisa) == ["registered"]
    assert set(steps(world, world.tamara)) == {"registered", "consulted", "project", "trained"}


def test_a_grant_and_its_reports_are_steps_once_signed_and_accepted(world: World) -> None:
    elsewhere(world.organisation, world.tamara)  # being prepared: no step yet
    grant = granted(world.organisation, world.tamara)

    told = [one for one in journey_of(world.organisation, world.larisa) if one.step in STEPS[-2:]]

    report = Report.objects.get(stage="accepted")
    assert [(one.step, one.on, one.row) for one in told] == [
        ("grant", grant.signed_on, grant),
        ("report", LATER.date(), Accepted(report.key, grant, 1)),
    ]


def test_a_grant_of_another_centres_contest_is_told_to_its_own_and_the_organisation_alone(
    world: World,
) -> None:
    granted(world.organisation, world.tamara)
    Grant.objects.update(centre=a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край")))
    theirs = {"grant", "report"}

    assert not theirs & set(steps(world, world.larisa))
    assert theirs <= set(steps(world, world.tamara))
    assert not journeys(world.centre, JourneyFilter(reached="grant")).exists()
    assert not journeys(world.centre, JourneyFilter(reached="report")).exists()


def test_nobody_else_learns_of_a_journey(client: Client, world: World) -> None:
    a_whole_way(world)
    address = f"/organisations/{world.organisation.key}/journey/"
    next_door = a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край"))
    strangers = [
        a_person("stranger"),
        a_leader("outsider", organisation=an_organisation("Чужие")),
        a_consultant("neighbour", centre=next_door),
        an_official("official"),
    ]

    for one in strangers:
        sign_in_twice(client, one)
        assert client.get(address).status_code == 404
    sign_in_twice(client, strangers[2])
    assert "соседи" not in client.get("/organisations/journeys/").content.decode()


def test_the_page_opens_each_thing_and_shows_one_kind_alone(client: Client, world: World) -> None:
    a_whole_way(world)
    address = f"/organisations/{world.organisation.key}/journey/"
    application = Application.objects.get()
    sign_in_twice(client, world.tamara)

    whole = client.get(address).content.decode()
    awards = client.get(f"{address}?kind=award").content.decode()
    junk = client.get(f"{address}?kind=../x").content.decode()

    assert whole.count(f'href="/applications/{application.key}/"') == 2
    assert awards.count(f'href="/applications/{application.key}/"') == 1
    assert (whole.count("Смета"), awards.count("Смета"), junk.count("Смета")) == (1, 0, 1)
    assert "СЕКРЕТ" not in whole
    grant, report = Grant.objects.get(), Report.objects.get(stage="accepted")
    assert whole.count(f'href="/grants/{grant.key}/"') == 1
    assert whole.count(f'href="/grants/{grant.key}/reports/{report.key}/"') == 1


def test_a_number_of_the_funnel_opens_as_many_rows(client: Client, world: World) -> None:
    a_whole_way(world)
    an_organisation("Только в реестре")
    counts = funnel(journeys(world.centre, JourneyFilter()))

    opened = {step: journeys(world.centre, JourneyFilter(reached=step)).count() for step in STEPS}

    sign_in_twice(client, world.larisa)
    narrowed = client.get("/organisations/journeys/?reached=trained").context["tiles"]

    assert counts == opened
    assert [tile.value for tile in narrowed] == [str(counts[step]) for step in STEPS]
    assert counts["award"] == 1
    assert counts["registered"] > 1


def test_the_list_tells_who_was_helped_and_wrote_no_project(world: World) -> None:
    consulted(world.organisation, world.larisa, world.centre)
    a_project(organisation=world.organisation)  # not shared: a centre does not count it

    asked = JourneyFilter(reached="consulted", missing="project", q="РУДНЫЙ")
    (found,) = journeys(world.centre, asked)

    assert (found, found.steps) == (world.organisation, 2)  # type: ignore[attr-defined]  # annotated


def test_an_enrolment_that_was_not_attended_and_a_removed_consultation_are_no_steps(
    world: World,
) -> None:
    trained(world.organisation, world.centre)
    Enrolment.objects.update(attended_at=None)
    consulted(world.organisation, world.larisa, world.centre)
    Consultation.objects.update(removed_at=NOON)

    assert steps(world, world.tamara) == ["registered"]
    assert not journeys(world.centre, JourneyFilter(reached="trained")).exists()
    assert not journeys(world.centre, JourneyFilter(reached="consulted")).exists()


def test_the_page_asks_as_often_for_three_grants_as_for_one(client: Client, world: World) -> None:
    counts = []
    sign_in_twice(client, world.larisa)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    for _number in range(3):
        granted(world.organisation, world.tamara)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"/organisations/{world.organisation.key}/journey/")
        counts.append(len(asked))

    assert page.content.decode().count("Report accepted") == 3
    assert counts[0] == counts[2] <= 12


def test_the_list_asks_as_often_for_three_as_for_one(client: Client, world: World) -> None:
    counts = []
    sign_in_twice(client, world.larisa)
    for number in range(3):
        an_organisation(f"НКО {number}")
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/organisations/journeys/?sort=-steps")
        counts.append(len(asked))

    assert page.status_code == 200
    assert counts[0] == counts[2] <= 12


def test_the_file_holds_the_rows_that_are_asked_for(client: Client, world: World) -> None:
    a_whole_way(world)
    an_organisation("Только в реестре")
    sign_in_twice(client, world.larisa)

    file = client.get("/organisations/journeys/export.csv?reached=award")

    lines = file.content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["Рудный Лог: соседи"]
    assert client.get("/organisations/journeys/export.pdf").status_code == 404


def test_who_has_no_day_of_registration_has_it_on_the_page_as_in_the_list(
    client: Client, world: World
) -> None:
    Organisation.objects.filter(pk=world.organisation.pk).update(registered_on=None)
    world.organisation.refresh_from_db()
    sign_in_twice(client, world.larisa)
    client.cookies["django_language"] = "en"
    address = f"/organisations/{world.organisation.key}/journey/"

    registered = client.get(f"{address}?kind=registered").text
    nothing = client.get(f"{address}?kind=report").text

    assert steps(world, world.larisa) == ["registered"]
    assert "Without a date" in registered
    assert "Nothing of this kind is written down" in nothing
    assert "Nothing is written down of its way" not in nothing
