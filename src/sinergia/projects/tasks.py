"""What the worker runs for projects."""

from django.utils import timezone

from sinergia.base.errands.marks import in_one_transaction
from sinergia.projects.actions import history
from sinergia.projects.queries.projects import project_by


@in_one_transaction
def keep_quiet(key: str) -> None:
    """Keep a picture of a project that nobody has written in for a while."""
    project = project_by(key)
    if project is not None:
        history.keep_quiet(project, now=timezone.now())
