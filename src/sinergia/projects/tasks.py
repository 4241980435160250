"""What the worker runs for projects."""

from django.db import transaction
from django.utils import timezone

from sinergia.base.errands.marks import in_one_transaction
from sinergia.base.errands.steps import in_small_steps
from sinergia.projects.actions import history
from sinergia.projects.actions.counting import count_what_hinders
from sinergia.projects.queries.projects import open_drafts, project_by


@in_one_transaction
def keep_quiet(key: str) -> None:
    """Keep a picture of a project that nobody has written in for a while."""
    project = project_by(key)
    if project is not None:
        history.keep_quiet(project, now=timezone.now())


def count_drafts() -> None:
    """Count anew what hinders drafts: rules are corrected, terms of heads end, days pass."""
    now = timezone.now()
    for step in in_small_steps(open_drafts(now=now), size=20):
        with transaction.atomic():
            for project in step:
                count_what_hinders(project, now=now)
