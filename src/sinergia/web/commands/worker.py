"""`sinergia worker`: errands and the journal's seals, beside any number of web servers."""

from django.utils.translation import gettext as _

from sinergia.base.errands.worker import work_until_signalled
from sinergia.web.commands.preparing import pending_migrations
from sinergia.web.commands.terminal import Failure


def worker() -> None:
    """Run until told to stop; the errand under way is finished first."""
    if pending_migrations():
        raise Failure(_("The database is not prepared: run “sinergia init --admin EMAIL”."))
    work_until_signalled()


COMMANDS = (worker,)
