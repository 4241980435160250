"""A mailing for taking away: each recipient and what became of the message there."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergia.base.tables.export import Value
from sinergia.notices.models import Recipient
from sinergia.notices.queries.mailings import Shown


def head() -> list[str]:
    """Names of the columns."""
    return [
        _("Organisation"),
        _("E-mail"),
        _("Phone"),
        pgettext("letter", "State"),
        _("Opened"),
        _("Told by phone"),
        _("What was agreed"),
    ]


def lines(rows: Iterable[Shown]) -> Iterator[Sequence[Value]]:
    """A row of cells for each recipient, whose phone the sender's room knows."""
    for row in rows:
        one = row.recipient
        yield [
            one.name,
            one.address,
            row.phone,
            state_of(one),
            one.opened_at,
            one.phoned_at,
            one.phoned_note,
        ]


def state_of(recipient: Recipient) -> str:
    """What became of the letter, in a word; that it came back or was not wanted, too."""
    if getattr(recipient, "has_returned", False):
        return pgettext("letter", "came back")
    if recipient.state == Recipient.State.SENT and not recipient.letter_key:
        return _("shown in the site alone, as they chose")
    return str(Recipient.State(recipient.state).label)
