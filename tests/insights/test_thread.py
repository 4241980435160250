"""What something came from and what came of it; never a row that its reader may not see."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from sinergia.applications.models import Application, Origin
from sinergia.calls.models import Outcome
from sinergia.exchange.actions.agreements import renew_agreement
from sinergia.exchange.models import Commitment, PartnershipAgreement
from sinergia.insights.thread.queries import STEPS, Thread
from sinergia.insights.thread.words import steps_there, tiles_of, told_of
from sinergia.organisations.models import Centre, CentreRegion
from sinergia.practices.models import Adoption, Practice
from sinergia.projects.models import Project
from tests.arrange import (
    NOON,
    a_consultant,
    a_leader,
    a_person,
    a_practice,
    a_region,
    an_application,
    an_organisation,
)
from tests.exchange.arrange_exchange import an_agreement
from tests.exchange.arrange_home import a_session
from tests.insights.arrange_thread import World, a_world

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world() -> World:
    return a_world()


def counts(thread: Thread | None) -> dict[str, int]:
    assert thread is not None
    return {step: len(rows) for step, rows in thread.rows.items() if rows}


def shown(thread: Thread | None) -> str:
    assert thread is not None
    return " ".join(f"{one.label} {one.note} {one.url} {one.ground}" for one in told_of(thread))


def test_from_either_end_the_whole_way_is_seen_by_its_people(world: World) -> None:
    whole = {
        "programme": 1, "visit": 1, "practice": 1, "commitment": 1, "adoption": 1, "project": 1,
        "application": 1,
    }  # fmt: skip

    assert counts(world.of("application", world.leader)) == whole
    assert counts(world.of("project", world.leader)) == whole
    down = counts(world.of("programme", world.leader))
    assert down == {name: 1 for name in whole if name != "practice"}


def test_a_practice_of_a_commitment_is_its_beginning_too(world: World) -> None:
    thread = world.of("commitment", world.consultant)

    assert thread is not None
    came_from = thread.parents["commitment", world.commitment.pk]
    assert came_from == [("practice", world.practice.pk), ("visit", world.visit.pk)]
    project = thread.parents["project", world.project.pk]
    assert [step for step, _pk in project] == ["adoption", "commitment"]


def test_a_visitor_sees_what_is_public_and_no_draft_by_its_name(world: World) -> None:
    told = shown(world.of("visit", None))

    assert "Тайный черновик" not in told
    assert world.application.title in told  # the project by what was filed
    assert f"/projects/{world.project.key}" not in told
    assert "Яровая" not in told  # who took it upon them, who said what became of it
    assert f"/commitments/{world.commitment.key}" not in told


def test_a_project_for_which_nothing_was_filed_is_its_peoples_alone(world: World) -> None:
    Origin.objects.all().delete()

    assert "project" not in counts(world.of("visit", None))
    assert "application" not in counts(world.of("visit", None))
    assert "Тайный черновик" in shown(world.of("visit", world.leader))
    assert world.of("project", None) is None
    assert world.of("project", a_person("stranger")) is None


def test_a_hidden_draft_does_not_count_as_going_on(world: World) -> None:
    Origin.objects.all().delete()
    Adoption.objects.update(state="intended")

    public, inside = world.of("visit", None), world.of("visit", world.leader)

    assert public is not None
    assert inside is not None
    assert "0" in tile(public, "commitment")
    assert "0" not in tile(inside, "commitment")


def test_a_row_of_the_table_names_one_thing_and_the_steps_above_name_many(world: World) -> None:
    thread = world.of("visit", world.leader)
    assert thread is not None

    told = {one.step: one.kind for one in told_of(thread)}
    above = {step: name for step, name, _number in steps_there(told_of(thread))}

    assert (told["visit"], above["visit"]) == ("Поездка", "Поездки")
    assert (told["project"], above["project"]) == ("Проект", "Проекты")


def tile(thread: Thread, step: str) -> str:
    """What is said of a step above the picture."""
    return next(one.note for one in tiles_of(thread) if f"step={step}" in one.url)


def test_what_hangs_on_a_hidden_visit_is_hidden_with_it(world: World) -> None:
    type(world.visit.course).objects.update(is_public=False)

    assert world.of("visit", None) is None
    assert world.of("commitment", None) is None
    assert "commitment" not in counts(world.of("practice", None))
    assert counts(world.of("practice", world.consultant))["commitment"] == 1
    assert counts(world.of("programme", None)) == {"programme": 1}


def test_an_intended_adoption_is_the_two_sides_alone(world: World) -> None:
    Commitment.objects.all().delete()

    assert "adoption" not in counts(world.of("practice", None))
    assert counts(world.of("practice", world.leader))["adoption"] == 1
    author = a_leader("author", organisation=world.practice.organisation)  # type: ignore[arg-type]
    assert counts(world.of("practice", author))["adoption"] == 1
    assert world.of("adoption", a_person("stranger")) is None


def test_a_practice_that_is_not_published_has_no_thread_for_others(world: World) -> None:
    Practice.objects.update(stage=Practice.Stage.WITHDRAWN)

    assert world.of("practice", None) is None
    assert "practice" not in counts(world.of("commitment", None))


def test_siblings_of_what_it_came_from_do_not_stand_there(world: World) -> None:
    other = Commitment.objects.create(
        visit=world.visit, delegate=world.commitment.delegate, idea="Прокат", made_at=NOON,
        changed_at=NOON,
    )  # fmt: skip

    told = world.of("project", world.leader)

    assert told is not None
    assert other.pk not in told.rows["commitment"]


def test_a_grant_declined_after_the_decision_counts_as_won(world: World) -> None:
    Application.objects.update(outcome=Outcome.DECLINED)

    told = world.of("visit", None)

    assert told is not None
    assert [one.pk for one in told.won] == [world.application.pk]


@pytest.mark.parametrize("kind", [*STEPS, "nothing"])
def test_of_what_is_not_there_there_is_no_page(client: Client, kind: str) -> None:
    assert client.get(f"/thread/{kind}/{uuid4()}/").status_code == 404


def test_the_page_has_a_picture_a_table_and_files(client: Client, world: World) -> None:
    address = f"/thread/visit/{world.visit.key}/"

    page = client.get(address).content.decode()
    assert "thread-drawing" in page
    assert "</table>" in page
    assert "1 из 1" in page or "1 of 1" in page
    assert world.application.title in client.get(f"{address}?step=application").content.decode()
    assert world.application.title in client.get(f"{address}export.csv").content.decode("utf-8-sig")
    asked = client.get(f"{address}export.csv?step=project").content.decode("utf-8-sig")
    assert len(asked.strip().splitlines()) == 2  # the head and the project
    assert f'{address}export.csv?step=project"' in client.get(f"{address}?step=project").text
    assert client.get(f"{address}export.xlsx").status_code == 200
    assert client.get(f"{address}export.pdf").status_code == 404
    assert client.get(f"{address}?after=x&before=-1&step=nothing").status_code == 200


def test_nothing_that_came_of_it_is_said_kindly(client: Client) -> None:
    practice = a_practice()

    page = client.get(f"/thread/practice/{practice.key}/").content.decode()

    assert "thread-drawing" not in page
    assert "</table>" not in page


def test_five_hundred_descendants_are_asked_for_in_few_queries(
    client: Client, world: World
) -> None:
    client.force_login(world.consultant)
    organisation = an_organisation("Ещё одна", region=world.visit.from_region)
    Commitment.objects.bulk_create(
        Commitment(
            visit=world.visit, delegate=world.commitment.delegate, idea=f"Идея {number}",
            organisation=organisation, state="project", made_at=NOON, changed_at=NOON,
        )
        for number in range(250)
    )  # fmt: skip
    Project.objects.bulk_create(
        Project(
            organisation=organisation, title=f"Проект {one.pk}", commitment=one, is_shared=True,
            made_by=world.leader.key, made_at=NOON, changed_at=NOON,
        )
        for one in Commitment.objects.filter(organisation=organisation)
    )  # fmt: skip
    address = f"/thread/visit/{world.visit.key}/"
    client.get(address)

    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)

    assert page.status_code == 200
    assert len(asked) <= 12, "\n".join(
        one["sql"][:90] + " … " + one["sql"][one["sql"].find(" FROM ") :][:90] for one in asked
    )
    assert len(page.content) < 150_000


def test_staff_of_another_centre_see_what_visitors_see(world: World) -> None:
    elsewhere = Centre.objects.create(
        organisation=an_organisation("Иной центр"), time_zone="UTC", made_at=NOON
    )
    CentreRegion.objects.create(centre=elsewhere, region=a_region("XC-OTH", "Иная область"))
    stranger = a_consultant("stranger", centre=elsewhere)

    assert shown(world.of("visit", stranger)) == shown(world.of("visit", None))


def test_the_sessions_of_a_visit_are_in_its_programme(world: World) -> None:
    a_session(world.visit)
    thread = world.of("visit", world.leader)
    assert thread is not None

    assert tiles_of(thread)[0].url == f"/visits/{world.visit.key}/programme/"


def test_of_each_step_it_is_told_how_many_went_on(world: World) -> None:
    held, _other = a_session(world.visit), a_session(world.visit, "Прокат")
    Commitment.objects.update(session=held)
    lost = an_application(organisation=world.application.organisation, outcome=Outcome.LOST)
    Origin.objects.create(
        application=lost, project=world.project, ground="Письмо", by=world.leader, at=NOON
    )
    Application.objects.filter(pk=world.application.pk).update(outcome=Outcome.WON)

    with override("en"):
        thread = world.of("visit", world.leader)
        assert thread is not None
        told = {tile.label: tile.note for tile in tiles_of(thread)}

    assert (told["Sessions"], told["Applications"]) == ("1 of 2 went on", "1 of 2 won")


def test_an_idea_that_names_who_has_not_agreed_is_told_to_nobody_outside(world: World) -> None:
    delegate = world.commitment.delegate
    for idea in ("Позвать Саврасова", "Прокат колясок"):
        made = Commitment(visit=world.visit, delegate=delegate, idea=idea)
        made.made_at = made.changed_at = NOON
        made.save()

    outside, inside = shown(world.of("visit", None)), shown(world.of("visit", world.consultant))

    assert ("Саврасов" in outside, "Прокат колясок" in outside) == (False, True)
    assert "Позвать Саврасова" in inside


def test_what_followed_from_an_agreement_stands_in_the_order_of_its_days(
    client: Client, world: World
) -> None:
    agreement = an_agreement(world.consultant, world.visit.centre, is_public=True)
    renew_agreement(agreement, date(2028, 1, 15), actor=world.consultant, now=NOON)
    type(world.visit).objects.update(agreement=agreement)
    Application.objects.update(outcome=Outcome.WON, decided_on=date(2027, 5, 1))
    client.cookies["django_language"] = "en"
    address = f"/thread/agreement/{agreement.key}/"

    public = [one.words for one in client.get(address).context["page"].rows]
    client.force_login(world.leader)
    own = client.get(address).context["page"].rows
    type(world.visit.course).objects.update(is_public=False)
    client.logout()
    client.cookies["django_language"] = "en"
    hidden = [one.words for one in client.get(address).context["page"].rows]

    days = [one.on for one in own if one.on is not None]
    assert days == sorted(days)
    told = " ".join(one.words for one in own)
    assert all(
        word in told for word in ("Renewed until", "Visit", "Commitment", "Project", "Award")
    )
    assert "Тайный черновик" not in " ".join(public)
    assert any("Award" in one for one in public)
    assert [one.split()[0] for one in hidden] == ["The", "Renewed", "The"]
    PartnershipAgreement.objects.update(is_public=False)
    assert client.get(address).status_code == 404
