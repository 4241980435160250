"""One submission as its contest sees it: how often the database is asked, and where it stands."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinergia.applications.actions.confirming import add_confirmation
from sinergia.applications.actions.screening import PATIENCE, Given, decide
from sinergia.applications.actions.submitting import submit
from sinergia.applications.models import Submission
from sinergia.applications.queries.screening import evidence_of
from sinergia.base.errands.actions import run_due_errands
from sinergia.calls.models import Contest
from sinergia.calls.queries.eligibility import eligibility_of
from sinergia.organisations.models import Head, Identifier, Organisation
from sinergia.packs.rules import shipped
from sinergia.people.models import Person
from sinergia.projects.actions.files import attach
from sinergia.projects.models import Project
from tests.applications.arrange_confirming import a_scan, sign
from tests.arrange import NOON, a_ready_project, an_upload
from tests.ui.markup import parse

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
MOST = 14  # queries


def a_head(organisation: Organisation, until: date | None, *, by: Person) -> Head:
    return Head.objects.create(
        organisation=organisation,
        name="Анна",
        since=date(2020, 1, 1),
        until=until,
        entered_by=by.key,
        entered_at=NOON,
    )


def against(submission: Submission) -> list[str]:
    return [gap.code for gap in evidence_of(submission)[1].blocking]


def test_with_all_that_can_stand_there_it_asks_the_database_little(
    project: Project,
    organisation: Organisation,
    contest: Contest,
    leader: Person,
    screener: Person,
    client: Client,
) -> None:
    attach(project, "letters", an_upload(leader, b"Letter"), actor=leader, now=NOON)
    submit(a_ready_project(organisation=organisation, contest=contest), actor=leader, now=NOON)
    submission = sign(submit(project, actor=leader, now=NOON), "scan")
    add_confirmation(submission, a_scan(leader), actor=leader, now=NOON)
    decide(submission, Given("register", "submitted"), actor=screener, now=NOON)
    run_due_errands(now=NOON + PATIENCE + timedelta(seconds=1))
    client.force_login(screener)
    page = f"/submissions/{submission.key}/inside/"
    client.get(page)

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(page)

    assert (answer.status_code, len(asked) <= MOST) == (200, True), len(asked)


def test_the_term_of_the_head_counts_for_the_contest_and_is_not_told_to_everybody(
    submission: Submission, organisation: Organisation, contest: Contest, screener: Person
) -> None:
    rules = shipped()["regional"]
    Identifier.objects.create(organisation=organisation, scheme="RU-OGRN", value="1027700132195")
    ended = a_head(organisation, NOON.date(), by=screener)
    found = against(submission)
    public = eligibility_of("1027700132195", contest, rules)
    Head.objects.filter(pk=ended.pk).update(until=None)
    for_ever = against(submission)

    assert "applicant.head_term" in found
    assert (public.organisation, public.gaps) == (organisation, ())
    assert "applicant.head_term" not in for_ever


@pytest.mark.parametrize(
    ("page", "entry"), [("", "/projects/"), ("inside/", "/calls/"), ("decide/register/", "/calls/")]
)
def test_the_menu_says_where_a_submission_stands(
    submission: Submission,
    leader: Person,
    screener: Person,
    client: Client,
    page: str,
    entry: str,
) -> None:
    client.force_login(screener if page else leader)

    answer = client.get(f"/submissions/{submission.key}/{page}")

    marked = parse(answer.content.decode()).xpath("//header//nav//a[@aria-current]/@href")
    assert (answer.status_code, marked) == (200, [entry])
