"""Whether what was promised is done."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.base.errands.queries import (
    QueueFigures,
    given_up_errands,
    queue_figures,
    workers_told,
)
from sinergia.base.errands.words import explain
from sinergia.web.operations.facts.fact import Fact, State
from sinergia.web.operations.words import ago, span

LATE = timedelta(seconds=60)  # so long an errand that is due may wait
NAMED = 20


def facts_of_errands(*, now: datetime, is_deep: bool) -> Iterator[Fact]:
    """Look whether a worker lives, whether errands wait, and which were given up."""
    queue = queue_figures(now=now)
    is_late = queue.oldest_at is not None and now - queue.oldest_at > LATE
    running, seen_at = workers_told(now=now)
    yield _workers(running, seen_at, is_late=is_late, now=now)
    yield _waiting(queue, is_late=is_late, has_worker=running > 0, now=now)
    yield _given_up(queue.given_up)


def _workers(running: int, seen_at: datetime | None, *, is_late: bool, now: datetime) -> Fact:
    value = _("none runs")
    if seen_at is not None:
        told = ngettext("%(count)d runs, seen %(ago)s", "%(count)d run, seen %(ago)s", running)
        value = told % {"count": running, "ago": ago(now - seen_at)}
    absent = State.BROKEN if is_late else State.LOOK
    return Fact(
        code="worker",
        name=_("Workers"),
        value=value,
        state=State.ORDER if running else absent,
        means=_("A worker sends letters, loads files and seals the journal."),
        mend=_("Start “sinergia worker”, or “sinergia serve”, which starts one beside the site."),
    )


def _waiting(queue: QueueFigures, *, is_late: bool, has_worker: bool, now: datetime) -> Fact:
    value = str(queue.waiting)
    if queue.oldest_at is not None:
        told = _("%(count)d; the oldest has been due for %(span)s")
        value = told % {"count": queue.waiting, "span": span(now - queue.oldest_at)}
    late = State.LOOK if has_worker else State.BROKEN
    mend = (
        _("There is more to do than one worker does: start another “sinergia worker”.")
        if has_worker
        else _("errands wait: is “sinergia worker” running?")
    )
    return Fact(
        code="errands_waiting",
        name=_("Errands waiting"),
        value=value,
        state=late if is_late else State.ORDER,
        means=_("Promised and not done yet; those that failed wait for their next try."),
        mend=mend,
        address="operations:errands",
        query="state=waiting",
    )


def _given_up(count: int) -> Fact:
    value = str(count)
    if count:
        names = sorted({errand.name for errand in given_up_errands()[:NAMED]})
        value = f"{count}: {', '.join(explain(name) for name in names)}"
    return Fact(
        code="errands_given_up",
        name=_("Errands given up"),
        value=value,
        state=State.BROKEN if count else State.ORDER,
        means=_("They failed eight times and are not tried any more."),
        mend=_("Find the cause by their fault, then run them again or leave them given up."),
        address="operations:errands",
        query="state=given_up",
    )
