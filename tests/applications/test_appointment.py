"""Whoever was refused or not supported finds the way to an appointment at the resource centre."""

import pytest
from django.test import Client

from sinergia.applications.actions.submitting import submit
from sinergia.applications.models import Application, Submission
from sinergia.calls.models import Contest
from tests.arrange import (
    NOON,
    a_centre,
    a_contest,
    a_leader,
    a_ready_project,
    an_application,
    an_organisation,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("stage", "outcome", "is_told", "is_offered"),
    [
        ("submitted", "", False, False),
        ("not_admitted", "", False, True),
        ("admitted", "lost", False, False),  # nobody was told yet
        ("admitted", "lost", True, True),
        ("admitted", "won", True, False),
    ],
)
def test_an_appointment_is_offered_to_whom_it_helps(
    stage: str, outcome: str, *, is_told: bool, is_offered: bool, client: Client
) -> None:
    organisation = an_organisation()
    leader, contest = a_leader(organisation=organisation), a_contest(centre=a_centre())
    project = a_ready_project(organisation=organisation, contest=contest)
    made = submit(project, actor=leader, now=NOON)
    Submission.objects.update(stage=stage)
    if outcome:
        row = an_application(organisation=organisation)
        Application.objects.update(outcome=outcome)
        Submission.objects.update(application=row)
    Contest.objects.update(results_at=NOON if is_told else None)
    client.force_login(leader)

    page = client.get(f"/submissions/{made.key}/").content.decode()

    assert (f'href="/help/ask/?project={project.key}"' in page) == is_offered
