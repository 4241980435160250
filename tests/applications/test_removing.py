"""A contest for practice goes with all that was handed in to it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from sinergia.applications.actions.confirming import add_confirmation
from sinergia.applications.actions.submitting import submit
from sinergia.applications.models import Confirmation
from sinergia.base.files.models import StoredFile
from sinergia.calls.models import Contest
from sinergia.organisations.models import Organisation
from tests.afterwards import run_errands
from tests.applications.arrange_confirming import a_scan, sign
from tests.arrange import NOON, a_consultant, a_leader, a_ready_project

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_files_that_confirmed_submissions_to_it_leave_the_store(
    client: Client, organisation: Organisation, contest: Contest
) -> None:
    leader = a_leader(organisation=organisation)
    project = a_ready_project(organisation=organisation, contest=contest)
    submission = sign(submit(project, actor=leader, now=NOON), "scan")
    for minute in range(2):  # the former one stays until then, too
        now = NOON + timedelta(minutes=minute)
        add_confirmation(submission, a_scan(leader), actor=leader, now=now)
    names = StoredFile.objects.values_list("place", flat=True)
    places = [Path(settings.MEDIA_ROOT) / name for name in names]
    Contest.objects.update(is_training=True)
    client.force_login(a_consultant("practising", centre=contest.centre))

    assert all(place.exists() for place in places)
    client.post(f"/calls/{contest.call.key}/remove/")
    run_errands()

    assert [place.exists() for place in places] == [False, False]
    assert (Confirmation.objects.count(), StoredFile.objects.count()) == (0, 0)
