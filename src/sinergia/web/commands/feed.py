"""`sinergia feed`: practices of other installations, their feeds added, listed, read, removed."""

from collections.abc import Sequence
from typing import Annotated

import typer
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.base.ui.templatetags.figures import count
from sinergia.engine.refusal import Gap, Refused
from sinergia.people.actions import command_person
from sinergia.practices.actions import feeds as actions
from sinergia.practices.models import Feed
from sinergia.practices.queries.feeds import feed_at, feeds
from sinergia.practices.reading.feeds import bring
from sinergia.practices.words import explain
from sinergia.web.commands.terminal import FAILED, Failure, fault, say

Address = Annotated[str, typer.Argument(metavar="URL")]


def add(address: Address) -> None:
    """Read the practices of another installation from now on, the first time at once."""
    now = timezone.now()
    try:
        feed = actions.add_feed(address, actor=command_person(now), now=now)
    except Refused as refusal:
        raise ValidationError(explain(refusal.gaps[0])) from refusal
    if not _pulled(feed):
        told = _("The feed is kept all the same and read each hour; to remove it: %s")
        raise Failure(told % f"sinergia feed remove {feed.address}")


def list() -> None:  # noqa: A001  # the command's own word
    """Name each feed, what of it stands in the catalogue, and how reading it went."""
    rows = [*feeds()]
    if not rows:
        say(_("No feed is read."))
    for feed in rows:
        say(f"{feed.address}: {_state(feed)}")


def pull(address: Annotated[str, typer.Argument(metavar="[URL]")] = "") -> None:
    """Read one feed now, or all of them; leave with 1 where one could not be read."""
    rows: Sequence[Feed] = [_kept(address)] if address else [*feeds()]
    if not rows:
        say(_("No feed is read."))
    if not all([_pulled(feed) for feed in rows]):  # noqa: C419  # each of them, whatever becomes of one
        raise typer.Exit(FAILED)


def remove(address: Address) -> None:
    """Read a feed no more; its practices leave the catalogue."""
    now = timezone.now()
    feed = _kept(address)
    actions.remove_feed(feed, actor=command_person(now), now=now)
    say(_("%s is read no more; its practices left the catalogue.") % feed.address)


def _kept(address: str) -> Feed:
    """A feed that is read, by what was typed."""
    try:
        feed = feed_at(address) or feed_at(actions.address_of(address))
    except Refused as refusal:
        raise ValidationError(explain(refusal.gaps[0])) from refusal
    if feed is None:
        raise ValidationError(_("No such feed is read: %s") % address[:200])
    return feed


def _pulled(feed: Feed) -> bool:
    """Read it and say in one line how it went; whether it went well."""
    told = bring(feed, now=timezone.now())
    if told.gap is not None:
        fault(f"{feed.address}: {explain(told.gap)}", code=FAILED)
        return False
    named = {"address": feed.address, "came": count(told.came), "left": count(told.left)}
    say(_("%(address)s: %(came)s came or changed, %(left)s left.") % named)
    return True


def _state(feed: Feed) -> str:
    stand: int = getattr(feed, "stand", 0)
    if feed.fault:
        return explain(Gap(feed.fault, values=feed.fault_values))
    if feed.read_at is None:
        return _("not read yet")
    read = date_format(timezone.localtime(feed.read_at), "Y-m-d H:i")
    told = ngettext(
        "%(number)s practice, read %(read)s", "%(number)s practices, read %(read)s", stand
    )
    return told % {"number": count(stand), "read": read}


COMMANDS = (add, list, pull, remove)
