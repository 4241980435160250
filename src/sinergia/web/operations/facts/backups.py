"""When everything was last kept in one file."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from sinergia.base.errands.queries import last_backup
from sinergia.web.operations.facts.fact import Fact, State
from sinergia.web.operations.words import ago

OLD = timedelta(days=2)  # one a night, and one that failed


def facts_of_backups(*, now: datetime, is_deep: bool) -> Iterator[Fact]:
    """Look when the last backup ended well."""
    last = last_backup()
    is_fresh = last is not None and now - last.made_at <= OLD
    value = _("none was made yet")
    if last is not None:
        value = f"{ago(now - last.made_at)}, {filesizeformat(last.size)}"
    yield Fact(
        code="backup",
        name=_("Last backup"),
        value=value,
        state=State.ORDER if is_fresh else State.LOOK,
        means=_("What was written since is lost if the disk breaks."),
        mend=_("Run “sinergia backup FILE” every night, and keep the file on another machine."),
    )
