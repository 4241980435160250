"""What comes in and what goes out: files under way, letters."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.applications.actions.loads import KIND as GRANTS
from sinergia.applications.queries.taking_over import KIND as LISTS
from sinergia.base.letters.queries import letter_figures
from sinergia.base.tables.models import Load
from sinergia.base.tables.queries import is_at_rest, loads_under_way
from sinergia.organisations.queries.loads import KIND as REGISTER
from sinergia.web.operations.facts.fact import Fact, State
from sinergia.web.operations.words import span

LATE = timedelta(hours=1)  # so long a letter may wait: the mail server was asked four times
WEEK = timedelta(days=7)
MANY_REFUSED = 0.1  # of the letters of a week


def facts_of_letters(*, now: datetime, is_deep: bool) -> Iterator[Fact]:
    """Look whether letters go, and how many came back."""
    letters = letter_figures(since=now - WEEK)
    is_late = letters.oldest_at is not None and now - letters.oldest_at > LATE
    value = str(letters.waiting)
    if letters.oldest_at is not None:
        told = _("%(count)d; the oldest for %(span)s")
        value = told % {"count": letters.waiting, "span": span(now - letters.oldest_at)}
    yield Fact(
        code="letters_waiting",
        name=_("Letters waiting"),
        value=value,
        state=State.BROKEN if is_late else State.ORDER,
        means=_("The mail server has not taken them yet."),
        mend=_("Look whether the mail server of SINERGIA_EMAIL_URL answers and lets us in."),
        address="operations:errands",
        query="name=base.letters.send",
    )
    is_many = letters.refused > max(4, letters.made * MANY_REFUSED)
    yield Fact(
        code="letters_refused",
        name=_("Letters refused within a week"),
        value=_("%(count)d of %(all)d") % {"count": letters.refused, "all": letters.made},
        state=State.LOOK if is_many else State.ORDER,
        means=_("Mailboxes that do not exist, or a mail server that takes ours for unwanted ones."),
        mend=_("Look at SPF, DKIM and DMARC of the sender's domain; then at the addresses."),
    )


def facts_of_loads(*, now: datetime, is_deep: bool) -> Iterator[Fact]:
    """Look which files are being loaded, and whether one was broken off: each kind by itself."""
    under_way = list(loads_under_way())
    kinds = {
        GRANTS: ("loads", _("Loads of funds’ tables under way"), "applications:loads"),
        REGISTER: ("register_loads", _("Loads of the register under way"), "register:loads"),
        LISTS: ("lists", _("Lists that contests take over"), ""),
    }
    for kind, (code, name, address) in kinds.items():
        yield _loads([one for one in under_way if one.kind == kind], code, name, address, now=now)


def _loads(found: list[Load], code: str, name: str, address: str, *, now: datetime) -> Fact:
    broken_off = [one for one in found if _is_broken_off(one, now=now)]
    value = str(len(found))
    if broken_off:
        told = ngettext("%d is broken off", "%d are broken off", len(broken_off))
        value = f"{len(found)}; {told % len(broken_off)}"
    return Fact(
        code=code,
        name=name,
        value=value,
        state=State.LOOK if broken_off else State.ORDER,
        means=_("Files whose rows are being entered now."),
        mend=_("Nobody runs it any more: the worker takes it up again, or the page of the load."),
        address=address,
    )


def _is_broken_off(load: Load, *, now: datetime) -> bool:
    if load.stage == Load.Stage.RUNNING:
        return load.leased_until is not None and load.leased_until < now
    return is_at_rest(load, now=now)
