"""The moments of a contest: whoever has to open or end it is told, calendars take them over."""

from datetime import timedelta

import pytest
from django.test import Client

from sinergia.applications.models import Submission
from sinergia.calls.actions.contests import extend_intake, take_step, write_rules
from sinergia.calls.actions.moments import tell_due
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import steps_due
from sinergia.engine.project import Broken
from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.organisations.models import Centre, Identifier
from sinergia.packs.rules import shipped
from sinergia.people.models import Person
from tests.afterwards import codes_in, run_errands
from tests.arrange import NOON, a_centre, a_consultant, a_contest, a_fund, an_organisation

pytestmark = [pytest.mark.both, pytest.mark.django_db]
REGIONAL = shipped()["regional"]
SECOND = timedelta(seconds=1)


@pytest.fixture
def centre() -> Centre:
    return a_centre()


@pytest.fixture
def head(centre: Centre) -> Person:
    return a_consultant("head", centre=centre, role="head")


def told() -> list[tuple[str, str]]:
    return sorted(Notice.objects.values_list("code", "person__name"))


def test_the_head_learns_that_the_announced_moment_has_come(centre: Centre, head: Person) -> None:
    contest = a_contest(centre=centre, stage="set_up")
    a_consultant("clerk", centre=centre)
    opens_at = contest.opens_at
    assert opens_at is not None
    take_step(contest, "announce", actor=head, now=opens_at - timedelta(hours=1))

    before = list(steps_due(centre, now=opens_at - SECOND))
    tell_due(contest, "announced", now=opens_at - SECOND)
    early = told()
    run_errands()

    assert (before, list(steps_due(centre, now=opens_at))) == ([], [contest])
    assert early == []
    assert ("calls.opening_waits", "head") in told()
    assert {name for _code, name in told()} == {"head"}


def test_the_head_learns_of_the_end_and_not_before_an_extended_one(
    centre: Centre, head: Person
) -> None:
    contest = a_contest(centre=centre)
    end = contest.closes_at
    assert end is not None
    later = end + timedelta(days=2)
    extend_intake(contest, later, reason="Снег", actor=head, now=NOON)

    tell_due(contest, "open", now=end + SECOND)
    early = told()
    tell_due(contest, "announced", now=later + SECOND)
    tell_due(contest, "open", now=later + SECOND)

    assert (early, told()) == ([], [("calls.ending_waits", "head")])


def test_an_extension_is_taken_over_by_calendars(
    client: Client, centre: Centre, head: Person
) -> None:
    contest = a_contest(centre=centre)
    address = f"/calls/{contest.call.key}/calendar.ics"
    end = contest.closes_at
    assert end is not None

    before = client.get(address).content.decode()
    extend_intake(contest, end + timedelta(days=2), reason="Снег", actor=head, now=NOON)
    after = client.get(address).content.decode()

    assert "SEQUENCE:0" in before
    assert "SEQUENCE:1" in after
    assert f"DTSTAMP:{NOON:%Y%m%dT%H%M%SZ}" in after


def test_open_contests_stand_in_the_order_of_their_ends(client: Client, centre: Centre) -> None:
    for days, name in ((9, "late"), (1, "soon")):
        made = a_contest(centre=centre, fund=a_fund(name))
        made.call.name, made.closes_at = f"Конкурс {name}", NOON + timedelta(days=400 + days)
        made.call.save()
        made.save()

    page = client.get("/calls/").content.decode()

    assert page.index("Конкурс soon") < page.index("Конкурс late")


@pytest.mark.parametrize(("stage", "is_shown"), [("announced", True), ("closed", False)])
def test_a_project_is_begun_for_a_contest_that_is_announced(
    client: Client, centre: Centre, stage: str, *, is_shown: bool
) -> None:
    contest = a_contest(centre=centre, stage=stage)
    Contest.objects.update(closes_at="2100-01-01T00:00Z")

    page = client.get(f"/calls/{contest.call.key}/").content.decode()

    assert (f"?contest={contest.call.key}" in page) is is_shown


def test_the_page_says_what_experts_do_not_see(client: Client, centre: Centre) -> None:
    client.cookies["django_language"] = "en"
    shown = a_contest(centre=centre)
    hidden = a_contest(centre=centre, rules="generic", fund=a_fund("hidden"))

    pages = [client.get(f"/calls/{one.call.key}/").content.decode() for one in (shown, hidden)]

    assert "Experts see applications whole, and who applies." in pages[0]
    assert "Experts do not see who applies. 6 fields of the project are hidden" in pages[1]


def test_an_organisation_that_is_old_enough_for_small_sums_alone_learns_how_large(
    client: Client, centre: Centre
) -> None:
    client.cookies["django_language"] = "en"
    contest = a_contest(centre=centre, rules="presidential-2026")
    found = an_organisation("Молодая", region=centre.organisation.region)
    found.registered_on, found.status = (NOON - timedelta(days=245)).date(), "active"
    found.save()
    Identifier.objects.create(organisation=found, scheme="RU-OGRN", value="1027700132195")

    page = client.get(f"/calls/{contest.call.key}/?number=1027700132195").content.decode()

    assert "nothing speaks against applying for at most" in page


def test_currency_and_directions_stand_once_an_application_is_in(
    centre: Centre, head: Person
) -> None:
    contest = a_contest(centre=centre)
    Contest.objects.update(last_number=1)
    fewer = REGIONAL.model_copy(update={"directions": REGIONAL.directions[1:], "currency": "EUR"})

    with pytest.raises(Refused) as refusal:
        write_rules(contest, fewer, reason="Опечатка", actor=head, now=NOON)

    assert codes_in(refusal) == ["contest.currency", "contest.directions"]


def test_rules_that_were_changed_in_the_database_decide_nothing_and_are_told(
    client: Client, centre: Centre, head: Person
) -> None:
    contest = a_contest(centre=centre)
    row = contest.rules.get()
    row.content = bytes(row.content).replace(b'"experts":2', b'"experts":1')
    row.save()
    client.raise_request_exception = False
    client.cookies["django_language"] = "en"

    page = client.get(f"/calls/{contest.call.key}/")

    assert page.status_code == 500
    assert "have been changed in the database" in page.content.decode()
    assert not Submission.objects.exists()
    with pytest.raises(Broken):
        write_rules(contest, REGIONAL, actor=head, now=NOON)
