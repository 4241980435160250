"""Whoever screens sees what an application shares with the organisation's other ones."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinergia.applications.actions.submitting import submit, withdraw
from sinergia.applications.models import Frozen, Submission
from sinergia.base.drafts.actions import Save
from sinergia.calls.models import Contest
from sinergia.organisations.models import Centre, Organisation
from sinergia.packs.rules.frozen import thawed
from sinergia.people.models import Person
from sinergia.projects.actions.saving import save_fields
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_contest,
    a_fund,
    a_ready_project,
    a_region,
)
from tests.arrange_rules import rewrite_rules
from tests.projects.test_saving import path

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SAID = "Соседи нашего двора не знают друг друга и встречаются только у подъезда зимой."
OTHER = "Летом ребята из трёх школ ставят спектакль и показывают его в сельских клубах."


@pytest.fixture
def client(client: Client, centre: Centre) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(a_consultant("screener", centre=centre))
    return client


def handed_in(
    contest: Contest, organisation: Organisation, leader: Person, *texts: tuple[str, str]
) -> Submission:
    """A project without long texts of its own, but for these."""
    project = a_ready_project(organisation=organisation, contest=contest)
    versions = dict(project.fields.values_list("path", "version"))
    saves = [Save(path(name), text, versions.get(name, 0)) for name, text in texts]
    save_fields(project, saves, actor=leader, now=NOON)
    return submit(project, actor=leader, now=NOON)


def page_of(client: Client, submission: Submission) -> str:
    return client.get(f"/submissions/{submission.key}/inside/").content.decode()


def test_passages_are_shown_side_by_side_with_the_other_application_and_against_it(
    contest: Contest, organisation: Organisation, leader: Person, client: Client
) -> None:
    first = handed_in(contest, organisation, leader, ("problem", SAID))
    second = handed_in(contest, organisation, leader, ("summary", f"Иначе. {SAID}"))

    page = page_of(client, second)

    assert f'<a href="/submissions/{first.key}/inside/">26-1-0001</a>' in page
    assert page.count(SAID.rstrip(".")) == 3  # twice side by side, once in the text itself
    assert "of the text stands in application 26-1-0001; the rules allow 50%" in page
    assert "nothing speaks against it" not in page


@pytest.mark.usefixtures("next_day")
def test_what_is_said_elsewhere_in_other_words_speaks_not_against_it(
    contest: Contest, organisation: Organisation, leader: Person, client: Client
) -> None:
    handed_in(contest, organisation, leader, ("problem", OTHER))
    second = handed_in(contest, organisation, leader, ("problem", SAID))

    page = page_of(client, second)

    assert "Compared with 1 other application: no seven words in a row are the same." in page
    assert "nothing speaks against it" in page


def test_the_same_project_withdrawn_and_handed_in_again_overlaps_with_nothing(
    contest: Contest, organisation: Organisation, leader: Person, client: Client
) -> None:
    first = handed_in(contest, organisation, leader, ("problem", SAID))
    withdraw(first, actor=leader, now=NOON)
    second = submit(first.project, actor=leader, now=NOON)

    assert "no other application here" in page_of(client, second)


def test_an_application_of_another_centre_is_named_and_has_no_address(
    contest: Contest, organisation: Organisation, leader: Person, client: Client
) -> None:
    region = a_region("XB-YAR", "Ярогорский край")
    other_centre = a_centre("Центр Б", region=region)
    a_consultant("far", centre=other_centre)
    far = a_contest(centre=other_centre, fund=a_fund("far"))
    Contest.objects.filter(pk=far.pk).update(ordinal=7)
    far.refresh_from_db()
    other = handed_in_elsewhere(far, organisation, leader, SAID)
    own = handed_in(contest, organisation, leader, ("problem", SAID))

    page = page_of(client, own)

    assert "26-7-0001" in page
    assert str(other.key) not in page


def handed_in_elsewhere(
    contest: Contest, organisation: Organisation, leader: Person, text: str
) -> Submission:
    """To a contest of another region; its rules would refuse it, which is not what is asked."""
    row = contest.rules.get()
    rules = thawed(bytes(row.content))
    theirs = rules.applicant.model_copy(update={"is_region_own": False})
    rewrite_rules(row, rules.model_copy(update={"applicant": theirs}))
    return handed_in(contest, organisation, leader, ("problem", text))


def test_changed_bytes_of_the_other_one_are_told_and_not_compared(
    contest: Contest, organisation: Organisation, leader: Person, client: Client
) -> None:
    first = handed_in(contest, organisation, leader, ("problem", SAID))
    second = handed_in(contest, organisation, leader, ("problem", SAID))
    Frozen.objects.filter(submission=first).update(content=b"{}")

    page = page_of(client, second)

    assert "Application 26-1-0001 is not compared: its checksum does not hold." in page


def test_practice_is_not_held_against_what_is_meant(
    contest: Contest, organisation: Organisation, leader: Person, client: Client
) -> None:
    practice = a_contest(centre=contest.centre, fund=a_fund("practice"))
    handed_in(practice, organisation, leader, ("problem", SAID))
    Contest.objects.filter(pk=practice.pk).update(is_training=True)
    own = handed_in(contest, organisation, leader, ("problem", SAID))

    assert "no other application here" in page_of(client, own)


def test_the_page_asks_no_more_for_three_others_than_for_one(
    contest: Contest, organisation: Organisation, leader: Person, client: Client
) -> None:
    own = handed_in(contest, organisation, leader, ("problem", SAID))
    counts = []
    for name in ("one", "two", "three"):
        other = a_contest(centre=contest.centre, fund=a_fund(name))
        handed_in(other, organisation, leader, ("problem", SAID))
        page_of(client, own)
        with CaptureQueriesContext(connection) as asked:
            page_of(client, own)
        counts.append(len(asked))

    assert counts == [12, 12, 12]
