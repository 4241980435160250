"""Promising errands and running them, each safe to run twice."""

import logging
import traceback
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from sinergia.base.errands.marks import is_in_one_transaction
from sinergia.base.errands.models import Backup, Errand, Worker
from sinergia.base.errands.queries import OPEN, waiting_errands

LEASE = timedelta(seconds=30)  # renewed every 5 s by a worker that lives
DELAYS = [timedelta(seconds=s) for s in (5, 30, 120, 600, 3600, 4 * 3600, 12 * 3600)]
SOON = timedelta(seconds=15)  # until whoever is at it is asked for again
KILLED = "WorkerKilled"  # the fault of an errand that no runner came back from

log = logging.getLogger(__name__)


class LeaseLost(Exception):  # noqa: N818  # read as what happened
    """Another runner has the errand now: whatever this one did in the database is taken back."""


class NotYet(Exception):  # noqa: N818  # it is no fault
    """Another runner is at the same thing: the errand comes again soon, and no try is counted."""


@dataclass(frozen=True)
class Promised:
    """One promise of many, as `promise` takes it."""

    once: str = ""
    after: timedelta = timedelta(0)
    arguments: Mapping[str, object] = field(default_factory=dict)


def promise(
    name: str,
    *,
    now: datetime,
    once: str = "",
    after: timedelta = timedelta(0),
    is_long: bool = False,
    is_urgent: bool = False,
    **arguments: object,
) -> None:
    """Have `name` run after this transaction commits; a rollback takes the promise back.

    name: `<room>.<function>`, found in `sinergia.<room>.tasks`; arguments travel as text.
    once: while a promise of the same word waits, no second one is made.
    is_long: may take more than some seconds; quick errands are run beside it.
    is_urgent: somebody sits and waits for it; it is run before all others that are due.
    """
    errand = Errand(
        name=name,
        arguments={key: str(value) for key, value in arguments.items()},
        once=once,
        is_long=is_long,
        is_urgent=is_urgent,
        promised_at=now,
        run_after=now + after,
    )
    Errand.objects.bulk_create([errand], ignore_conflicts=bool(once))


def take_back(name: str, once: str) -> int:
    """Take back promises whose word begins so; what a worker has begun stays. Give how many."""
    waiting = Errand.objects.filter(name=name, once__startswith=once, claim=None)
    return waiting.filter(done_at=None, given_up_at=None).delete()[0]


def promise_many(name: str, promises: Iterable[Promised], *, now: datetime) -> None:
    """Have `name` run for each of these after the commit; a few hundred at once, not more."""
    errands = [
        Errand(
            name=name,
            arguments={key: str(value) for key, value in one.arguments.items()},
            once=one.once,
            promised_at=now,
            run_after=now + one.after,
        )
        for one in promises
    ]
    Errand.objects.bulk_create(errands, ignore_conflicts=True)


def claim_errand(
    *, now: datetime, lease: timedelta = LEASE, with_long: bool = True
) -> Errand | None:
    """Take the next errand that is due and leased to nobody alive."""
    due = waiting_errands(now)
    if not with_long:
        due = due.filter(is_long=False)
    while due.exists():  # looking takes no lock; claiming does
        with transaction.atomic():
            free = due
            if connection.vendor == "postgresql":
                free = due.select_for_update(skip_locked=True)
            errand = free.first()
            if errand is None:
                return None
            if errand.attempts <= len(DELAYS):
                errand.attempts += 1
                errand.leased_until, errand.claim = now + lease, uuid4()
                errand.save(update_fields=["attempts", "leased_until", "claim"])
                return errand
            _give_up(errand, KILLED, now=now)
    return None


def run_errand(errand: Errand) -> None:
    """Do it outside the claim, then write down how it ended."""
    try:
        task = function_of(errand.name)
        if is_in_one_transaction(task):
            with transaction.atomic():
                task(**errand.arguments)
                _write_done(errand)
        else:
            task(**errand.arguments)
            _write_done(errand)
    except LeaseLost:
        log.warning("errand %s %s was taken by another runner", errand.name, errand.pk)
    except NotYet:
        _come_again(errand, now=timezone.now())
    except Exception as error:  # the worker's loop: one errand's fault is not another's
        # What an exception says may name people; where it came from does not.
        kind, came_from = type(error).__name__, traceback.format_tb(error.__traceback__)
        log.error("errand %s %s: %s\n%s", errand.name, errand.pk, kind, "".join(came_from))
        _put_off(errand, kind, now=timezone.now())


def renew_leases(claims: Collection[UUID], *, now: datetime, lease: timedelta = LEASE) -> None:
    """Say that whoever runs these errands is alive."""
    Errand.objects.filter(OPEN, claim__in=claims).update(leased_until=now + lease)


def run_due_errands(*, now: datetime) -> int:
    """Run everything that is due, one after another; return how many were run."""
    count = 0
    while (errand := claim_errand(now=now)) is not None:
        run_errand(errand)
        count += 1
    return count


def function_of(name: str) -> Callable[..., None]:
    """Find the function that an errand's name means; a house test looks each one up."""
    room, _, verb = name.rpartition(".")
    function: Callable[..., None] = getattr(import_module(f"sinergia.{room}.tasks"), verb)
    return function


def note_worker(key: UUID, *, now: datetime) -> None:
    """Note that a worker is there; the first time it begins."""
    if not Worker.objects.filter(key=key).update(seen_at=now):
        Worker.objects.create(key=key, started_at=now, seen_at=now)


def forget_worker(key: UUID) -> None:
    """Note that a worker ended in order."""
    Worker.objects.filter(key=key).delete()


def note_backup(size: int, *, now: datetime) -> Backup:
    """Note that a backup ended well. size: bytes."""
    return Backup.objects.create(made_at=now, size=size)


def _write_done(errand: Errand) -> None:
    """Write that it is done, unless another runner has taken it meanwhile."""
    mine = Errand.objects.filter(OPEN, pk=errand.pk, claim=errand.claim)
    if not mine.update(done_at=timezone.now(), leased_until=None, claim=None, last_error=""):
        raise LeaseLost


def _come_again(errand: Errand, *, now: datetime) -> None:
    mine = Errand.objects.filter(OPEN, pk=errand.pk, claim=errand.claim)
    mine.update(attempts=errand.attempts - 1, run_after=now + SOON, leased_until=None, claim=None)


def _put_off(errand: Errand, fault: str, *, now: datetime) -> None:
    """Have it come again later, or give it up; another runner's claim is left alone."""
    mine = Errand.objects.filter(OPEN, pk=errand.pk, claim=errand.claim)
    given_up = errand.attempts > len(DELAYS)
    mine.update(
        last_error=fault[:200],
        leased_until=None,
        claim=None,
        given_up_at=now if given_up else None,
        run_after=errand.run_after if given_up else now + DELAYS[errand.attempts - 1],
    )


def _give_up(errand: Errand, fault: str, *, now: datetime) -> None:
    errand.given_up_at, errand.last_error = now, fault
    errand.leased_until = errand.claim = None
    errand.save(update_fields=["given_up_at", "last_error", "leased_until", "claim"])
