"""`sinergia bounced FILE`: the mail server tells which letter could not be delivered."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.base.letters.actions import note_bounce
from sinergia.base.letters.reading import NoReport, read_bounces
from sinergia.web.commands.terminal import Failure, say

MOST_BYTES = 10 * 1024 * 1024  # a report may return the letter; ours are small


def bounced(file: Annotated[str, typer.Argument(metavar="FILE")]) -> None:
    """Read a delivery report; remember the mailboxes that refused for good."""
    content = read(file)
    if len(content) > MOST_BYTES:
        raise Failure(_("This is no delivery report: it is too long."))
    try:
        bounces = read_bounces(content)
    except NoReport as fault:
        raise Failure(_("This is no delivery report.")) from fault
    if not bounces:
        say(_("Nothing failed for good; nothing was changed."))
        return
    now = timezone.now()
    marked = sum(note_bounce(b.address, b.status, letter=b.letter, now=now) for b in bounces)
    if not marked:
        raise Failure(_("The report is about no letter of this site; nothing was changed."))
    told = ngettext(
        "%d letter came back and is marked so.", "%d letters came back and are marked so.", marked
    )
    say(told % marked)


def read(file: str) -> bytes:
    """Take the report from a file, or from the pipe of a mail server where `file` is a dash."""
    if file == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    with Path(file).expanduser().open("rb") as source:
        return source.read(MOST_BYTES + 1)


COMMANDS = (bounced,)
