"""Promising errands and running them, each safe to run twice."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module

from django.db import connection, transaction
from django.utils import timezone

from sinergia.base.errands.models import Errand
from sinergia.base.errands.queries import waiting_errands

LEASE = timedelta(seconds=60)
DELAYS = [timedelta(seconds=s) for s in (5, 30, 120, 600, 3600, 4 * 3600, 12 * 3600)]

log = logging.getLogger(__name__)


def promise(name: str, *, now: datetime, once: str = "", **arguments: object) -> None:
    """Have `name` run after this transaction commits; a rollback takes the promise back.

    name: `<room>.<function>`, found in `sinergia.<room>.tasks`; arguments travel as text.
    once: while a promise of the same word waits, no second one is made.
    """
    given = {key: str(value) for key, value in arguments.items()}
    errand = Errand(name=name, arguments=given, once=once, run_after=now)
    Errand.objects.bulk_create([errand], ignore_conflicts=bool(once))


def claim_errand(*, now: datetime) -> Errand | None:
    """Take the next errand that is due and leased to nobody alive."""
    with transaction.atomic():
        due = waiting_errands(now)
        if connection.vendor == "postgresql":
            due = due.select_for_update(skip_locked=True)
        errand = due.first()
        if errand is None:
            return None
        errand.attempts += 1
        errand.leased_until = now + LEASE
        errand.save(update_fields=["attempts", "leased_until"])
    return errand


def run_errand(errand: Errand) -> None:
    """Do it outside the claim, then write down how it ended."""
    try:
        function_of(errand.name)(**errand.arguments)
    except Exception as error:  # the worker's loop: one errand's fault is not another's
        log.exception("errand %s failed", errand.pk)
        _put_off(errand, type(error).__name__, now=timezone.now())
        return
    errand.done_at = timezone.now()
    errand.leased_until = None
    errand.save(update_fields=["done_at", "leased_until"])


def renew_lease(errand: Errand, *, now: datetime) -> None:
    """Say that whoever runs the errand is alive."""
    Errand.objects.filter(pk=errand.pk).update(leased_until=now + LEASE)


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


def _put_off(errand: Errand, fault: str, *, now: datetime) -> None:
    errand.last_error = fault
    errand.leased_until = None
    if errand.attempts > len(DELAYS):
        errand.given_up_at = now
    else:
        errand.run_after = now + DELAYS[errand.attempts - 1]
    errand.save(update_fields=["last_error", "leased_until", "run_after", "given_up_at"])
