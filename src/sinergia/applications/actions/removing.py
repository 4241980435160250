"""A contest is taken away with all that was handed in to it, and with its files."""

from datetime import datetime

from django.db import transaction

from sinergia.applications.models import CheckDone, Confirmation, Submission
from sinergia.base.files.actions import remove_file
from sinergia.calls.actions import contests
from sinergia.calls.models import Contest
from sinergia.people.models import Person
from sinergia.projects.models import CameBack, Project


@transaction.atomic
def remove_contest(contest: Contest, *, actor: Person, now: datetime) -> None:
    """Take a contest away; files beside submissions to it leave the store, too.

    Raises Refused for one that everybody has seen.
    """
    Contest.objects.select_for_update().get(pk=contest.pk)
    # Whoever confirms holds the submission: after this no file is added any more.
    held = list(Submission.objects.select_for_update().filter(contest=contest).order_by("pk"))
    files = [
        one.file
        for model in (Confirmation, CheckDone)
        for one in model.objects.filter(submission__in=held, file__isnull=False)
        .select_related("file")
        .order_by("pk")
    ]
    CameBack.objects.filter(project__contest=contest).delete()
    Project.objects.filter(contest=contest).update(submitted_as="")  # submitted to it alone
    contests.remove_contest(contest, actor=actor, now=now)
    for file in files:
        if file is not None:
            remove_file(file, actor=actor, now=now)
