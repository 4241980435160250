"""Those who stand in most tests of this floor: a centre, its contest, an applicant."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sinergia.applications.actions.submitting import submit
from sinergia.applications.models import Submission
from sinergia.calls.models import Contest
from sinergia.organisations.models import Centre, Organisation
from sinergia.people.models import Person
from sinergia.projects.models import Project
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_contest,
    a_leader,
    a_ready_project,
    an_organisation,
)


@pytest.fixture
def centre() -> Centre:
    return a_centre()


@pytest.fixture
def screener(centre: Centre) -> Person:
    return a_consultant(centre=centre)


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def leader(organisation: Organisation) -> Person:
    return a_leader(organisation=organisation)


@pytest.fixture
def contest(centre: Centre) -> Contest:
    return a_contest(centre=centre)


@pytest.fixture
def project(organisation: Organisation, leader: Person, contest: Contest) -> Project:
    return a_ready_project(organisation=organisation, contest=contest)


@pytest.fixture
def submission(project: Project, leader: Person) -> Submission:
    return submit(project, actor=leader, now=NOON)


@pytest.fixture
def next_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands a day after NOON, when no term of a week is over yet."""
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(days=1))
