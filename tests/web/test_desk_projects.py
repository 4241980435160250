"""What waits on «Мои дела» of each role about projects, readings, remarks and contests."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html  # type: ignore[import-untyped]  # it has no stubs

from sinergia.applications.actions.submitting import submit
from sinergia.applications.models import Submission
from sinergia.calls.models import Call, Contest, ContestQuestion
from sinergia.exchange.models import Visit
from sinergia.organisations.models import Centre, Organisation
from sinergia.people.models import Person
from sinergia.projects.actions.starting import share_project
from sinergia.support.actions.readings import Asked, ask_reading, promise_reading
from sinergia.support.actions.remarks import Begun, answer_thread, begin_thread
from sinergia.support.models import Reading
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_contest,
    a_delegate,
    a_fund,
    a_leader,
    a_person,
    a_project,
    a_ready_project,
    a_region,
    a_visit,
    an_administrator,
    an_organisation,
    sign_in_twice,
)
from tests.arrange_review import a_sheet, an_examination, an_expert
from tests.review.commission import a_commission, a_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Centre:
    return a_centre()


@pytest.fixture
def larisa(centre: Centre) -> Person:
    return a_consultant("larisa", centre=centre)


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation("Рудный Лог: соседи")


@pytest.fixture
def tamara(organisation: Organisation) -> Person:
    return a_leader("tamara", organisation=organisation)


def tasks_of(client: Client, person: Person) -> dict[str, str]:
    """The lines of a desk: words to the number; each way opens."""
    sign_in_twice(client, person)
    client.cookies["django_language"] = "en"
    page = html.fromstring(client.get("/desk/").text)
    lines = page.xpath("//ul[@class='todo']//a")
    for line in lines:
        assert client.get(str(line.get("href")), follow=True).status_code == 200
    return {
        str(line.xpath("string(./span)")): str(line.xpath("string(./strong)")) for line in lines
    }


def test_a_remark_waits_for_the_side_that_did_not_speak_last(
    client: Client, organisation: Organisation, tamara: Person, larisa: Person
) -> None:
    project = a_project(organisation=organisation)
    share_project(project, is_shared=True, actor=tamara, now=NOON)
    thread = begin_thread(project, Begun("title", "Короче"), actor=larisa, now=NOON)
    line = "remark to a project awaits your answer"

    first = [tasks_of(client, one).get(line) for one in (tamara, larisa)]
    answer_thread(thread, "Сделано", actor=tamara, now=NOON)
    second = [tasks_of(client, one).get(line) for one in (tamara, larisa)]

    assert (first, second) == (["1", None], [None, "1"])


def test_drafts_that_wait_to_be_read_stand_on_the_desk_of_the_centre_alone(
    client: Client, organisation: Organisation, tamara: Person, larisa: Person, centre: Centre
) -> None:
    made = ask_reading(a_project(organisation=organisation), Asked(), actor=tamara, now=NOON)
    now = timezone.now()
    head = a_consultant("head", centre=centre, role="head")
    next_door = a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край"))
    others = [tamara, a_consultant("neighbour", centre=next_door), an_administrator("root")]

    asked = tasks_of(client, head)
    unseen = [line for one in others for line in tasks_of(client, one) if "read" in line.split()]
    promise_reading(made, timezone.localdate(now), actor=larisa, now=now)
    Reading.objects.update(promised_on=timezone.localdate(now) - timedelta(days=1))
    mine, late = tasks_of(client, larisa), tasks_of(client, head)

    assert asked["draft waits to be read"] == "1"
    assert unseen == []
    assert mine["draft that you promised to read"] == "1"
    assert "draft that you promised to read" not in late
    assert late["draft is past its day and not read"] == "1"


def test_that_an_intake_is_to_be_ended_is_told_to_who_may_end_it(
    client: Client, centre: Centre, larisa: Person
) -> None:
    contest = a_contest(centre=centre)
    contest.closes_at = timezone.now() - timedelta(hours=2)
    contest.save(update_fields=["closes_at"])
    head = a_consultant("head", centre=centre, role="head")

    line = "contest waits for its intake to be opened or ended"
    assert [line in tasks_of(client, one) for one in (head, larisa)] == [True, False]


def test_a_team_is_told_of_drafts_whose_intake_ends_and_of_what_came_back(
    client: Client, organisation: Organisation, tamara: Person, centre: Centre
) -> None:
    contest = a_contest(centre=centre)
    submit(a_ready_project(organisation=organisation, contest=contest), actor=tamara, now=NOON)
    Submission.objects.update(stage="returned")
    a_project("Ещё один", organisation=organisation, contest=contest)
    contest.closes_at = timezone.now() + timedelta(days=2)
    contest.save(update_fields=["closes_at"])

    told = tasks_of(client, tamara)

    assert told["draft is not submitted, and its intake ends within a week"] == "1"
    assert told["application came back for correction"] == "1"


def test_a_team_is_told_that_what_it_submitted_awaits_its_signed_document(
    client: Client, organisation: Organisation, tamara: Person, larisa: Person, centre: Centre
) -> None:
    contest = a_contest(centre=centre)
    submit(a_ready_project(organisation=organisation, contest=contest), actor=tamara, now=NOON)
    contest.closes_at = timezone.now() + timedelta(hours=2)
    contest.save(update_fields=["closes_at"])
    line = "submitted application awaits its signed document"

    assert tasks_of(client, tamara)[line] == "1"
    assert line not in tasks_of(client, larisa)
    over = timezone.now() - timedelta(days=90)
    Contest.objects.update(opens_at=over - timedelta(days=30), closes_at=over)
    assert line not in tasks_of(client, tamara)


def test_whoever_reads_or_votes_finds_the_way_there_though_nothing_waits(
    client: Client, centre: Centre
) -> None:
    contest = a_contest(centre=centre)
    expert, stranger = an_expert(contest=contest), a_person("stranger")
    member = a_person("member")
    chair = a_consultant("chair", centre=centre)
    a_member(a_commission(contest, chair), chair, person=member)
    assert expert.person is not None
    found = {}

    for name, person in (("expert", expert.person), ("member", member), ("stranger", stranger)):
        tasks_of(client, person)
        page = client.get("/desk/").text
        found[name] = ('href="/reviews/"' in page, 'href="/commission/"' in page)

    assert found == {
        "expert": (True, False), "member": (False, True), "stranger": (False, False),
    }  # fmt: skip


def test_an_operator_is_told_of_applications_that_are_not_registered(
    client: Client, organisation: Organisation, tamara: Person, larisa: Person, centre: Centre
) -> None:
    contest = a_contest(centre=centre)
    submit(a_ready_project(organisation=organisation, contest=contest), actor=tamara, now=NOON)
    next_door = a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край"))
    stranger = a_consultant("neighbour", centre=next_door)
    line = "application awaits registration"

    assert [tasks_of(client, one).get(line) for one in (larisa, stranger)] == ["1", None]


def test_what_waits_in_several_contests_has_a_line_in_each(
    client: Client, organisation: Organisation, tamara: Person, larisa: Person, centre: Centre
) -> None:
    contests = [a_contest(centre=centre, fund=a_fund(code)) for code in ("one", "two")]
    for number, contest in enumerate(contests, start=1):
        Call.objects.filter(pk=contest.call.pk).update(name=f"Конкурс {number}")
        for _ in range(number):
            ready = a_ready_project(organisation=organisation, contest=contest)
            submit(ready, actor=tamara, now=NOON)

    told = tasks_of(client, larisa)

    assert {line: told[line] for line in told if "registration" in line} == {
        "application awaits registration: Конкурс 1": "1",
        "applications await registration: Конкурс 2": "2",
    }
    page = client.get("/desk/").text
    for contest in contests:
        assert f'href="/calls/{contest.call.key}/came-in/?stage=to_register"' in page


def test_a_line_of_registration_says_by_which_day_the_first_is_registered(
    client: Client, organisation: Organisation, tamara: Person, larisa: Person, centre: Centre
) -> None:
    contest = a_contest(centre=centre)
    for moment in (datetime(2026, 3, 12, 9, tzinfo=UTC), datetime(2026, 3, 20, 9, tzinfo=UTC)):
        row = submit(
            a_ready_project(organisation=organisation, contest=contest), actor=tamara, now=NOON
        )
        Submission.objects.filter(pk=row.pk).update(submitted_at=moment)
    tasks_of(client, larisa)

    (line,) = html.fromstring(client.get("/desk/").text).xpath("//ul[@class='todo']//a")
    assert "register by 19\u00a0March\u00a02026" in line.text_content()


def test_of_very_many_the_number_is_the_one_of_their_page(
    client: Client, larisa: Person, tamara: Person, centre: Centre
) -> None:
    contest = a_contest(centre=centre)
    ContestQuestion.objects.bulk_create(
        ContestQuestion(
            contest=contest, asked="Можно ли?", asked_by=tamara, asked_at=NOON, changed_at=NOON
        )
        for _ in range(121)
    )

    told = tasks_of(client, larisa)

    assert told["questions about contests await an answer"] == "121"


def test_drafts_that_end_soon_stand_each_by_itself(
    client: Client, organisation: Organisation, tamara: Person, centre: Centre
) -> None:
    contest = a_contest(centre=centre)
    Contest.objects.update(closes_at=timezone.now() + timedelta(days=2))
    drafts = [
        a_project(name, organisation=organisation, contest=contest) for name in ("Двор", "Сад")
    ]

    told = tasks_of(client, tamara)

    line = "draft is not submitted, and its intake ends within a week"
    assert [told[f"{line}: {name}"] for name in ("Двор", "Сад")] == ["1", "1"]
    page = client.get("/desk/").text
    assert [f'href="/projects/{one.key}/"' in page for one in drafts] == [True, True]


def test_what_came_back_awaits_registration_once_nobody_can_mend_it(
    client: Client, organisation: Organisation, tamara: Person, larisa: Person, centre: Centre
) -> None:
    contest = a_contest(centre=centre)
    projects = [a_ready_project(organisation=organisation, contest=contest) for _ in range(2)]
    made = [submit(one, actor=tamara, now=NOON) for one in projects]
    Submission.objects.filter(pk=made[1].pk).update(stage="returned")
    lines = ("application awaits registration", "applications await registration")
    seen = []
    for days in (2, -2):
        Contest.objects.update(opens_at=NOON - timedelta(days=99))
        Contest.objects.update(closes_at=timezone.now() + timedelta(days=days))
        told = tasks_of(client, larisa)
        page = client.get(f"/calls/{contest.call.key}/came-in/?stage=to_register")
        seen.append(([told.get(one) for one in lines], len(page.context["rows"])))

    assert seen == [(["1", None], 1), ([None, "2"], 2)]
    assert b"?stage=to_register" in client.get("/desk/").content


def test_an_expert_is_told_of_sheets_that_are_not_signed(client: Client, centre: Centre) -> None:
    contest = a_contest(centre=centre)
    expert = an_expert(contest=contest)
    a_sheet(expert, an_examination(contest=contest))
    assert expert.person is not None

    assert tasks_of(client, expert.person)["score sheet awaits your signature"] == "1"


def test_whoever_leads_a_delegation_is_told_who_has_not_confirmed(
    client: Client, larisa: Person, centre: Centre
) -> None:
    today = timezone.localdate()
    visit = a_visit(centre=centre)
    visit.stage, visit.starts_on, visit.ends_on = "approved", today, today
    visit.save()
    lead, other = a_delegate("Саврасов А. П.", visit=visit), a_delegate("Яровая Т. И.", visit=visit)
    lead.person, lead.is_lead, lead.confirmed_at = a_person("lead"), True, NOON
    lead.save()
    other.person = a_person("other")
    other.save()
    line = "person of your delegation has not confirmed their row"

    assert tasks_of(client, lead.person)[line] == "1"
    assert line not in tasks_of(client, other.person)
    tasks_of(client, lead.person)
    assert f'href="/visits/{visit.key}/delegation/"' in client.get("/desk/").text
    again = a_visit("Обратно", centre=centre)
    Visit.objects.filter(pk=again.pk).update(stage="approved", starts_on=today, ends_on=today)
    leads = a_delegate("Саврасов А. П.", visit=again)
    leads.person, leads.is_lead, leads.confirmed_at = lead.person, True, NOON
    leads.save()
    a_delegate("Турчин П. С.", visit=again)

    assert tasks_of(client, lead.person)["people of your delegation have not confirmed their rows"]
    assert f'href="/visits/{visit.key}/delegation/"' not in client.get("/desk/").text
