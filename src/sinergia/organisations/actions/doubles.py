"""Looking for organisations that were entered twice, and saying what they are."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.doubles import Suspicion, suspect
from sinergia.organisations.access import may_merge
from sinergia.organisations.models import Organisation, Pair
from sinergia.organisations.queries.doubles import made_since, traits_of_all
from sinergia.people.models import Person

STEP = 200  # pairs written in one transaction


def find_doubles(*, since: datetime | None, now: datetime) -> int:
    """Look through the register; keep every suspicion that is new. Gives how many there were.

    since: where given, only pairs of which one side came or changed since then. A pair that was
    settled is not raised again; an open one that is no longer likely is taken away.
    """
    only = made_since(since) if since is not None else frozenset()
    if since is not None and not only:
        return 0
    found = suspect(traits_of_all(), only=only)
    new = 0
    for start in range(0, len(found), STEP):
        new += _keep(found[start : start + STEP], now=now)
    if since is None:
        _drop_unlikely({(one.first, one.second) for one in found})
    return new


@transaction.atomic
def tell_apart(key: UUID, *, actor: Person, now: datetime) -> Pair:
    """Say that the two of a pair are two; it is not asked about again."""
    pair = Pair.objects.select_for_update().get(key=key)
    if not (may_merge(actor, pair.first) or may_merge(actor, pair.second)):
        raise PermissionDenied
    if pair.settled_at is None:
        pair.settled_at, pair.settled_by, pair.verdict = now, actor, Pair.Verdict.DIFFERENT
        pair.save(update_fields=["settled_at", "settled_by", "verdict"])
        record("pair.told_apart", about=pair, actor=actor, at=now)
    return pair


@transaction.atomic
def ask_again(key: UUID, *, actor: Person, now: datetime) -> Pair:
    """Take back that the two are two."""
    pair = Pair.objects.select_for_update().get(key=key)
    if not (may_merge(actor, pair.first) or may_merge(actor, pair.second)):
        raise PermissionDenied
    if pair.settled_at is not None:
        pair.settled_at, pair.settled_by, pair.verdict = None, None, ""
        pair.save(update_fields=["settled_at", "settled_by", "verdict"])
        record("pair.asked_again", about=pair, actor=actor, at=now)
    return pair


def raise_pair(first: int, second: int, *, reason: str, now: datetime) -> None:
    """Keep a suspicion that something else than likeness raised; part of a transaction.

    first, second: rows of organisations. reason: `numbers`, a file says that both are one's.
    """
    elder, younger = sorted((first, second))
    Pair.objects.get_or_create(
        first_id=elder,
        second_id=younger,
        defaults={"reasons": reason, "likeness": 100, "found_at": now},
    )


@transaction.atomic
def _keep(found: Sequence[Suspicion], *, now: datetime) -> int:
    wanted = {(one.first, one.second): one for one in found}
    # One of the two may have been merged away while the register was looked through.
    rows = {row for pair in wanted for row in pair}
    there = set(Organisation.objects.filter(pk__in=rows).values_list("pk", flat=True))
    known = {
        (pair.first_id, pair.second_id)
        for pair in Pair.objects.filter(first__in={first for first, _ in wanted})
    }
    new = [
        Pair(
            first_id=one.first,
            second_id=one.second,
            reasons=" ".join(one.reasons),
            likeness=one.likeness,
            found_at=now,
        )
        for pair, one in wanted.items()
        if pair not in known and there.issuperset(pair)
    ]
    Pair.objects.bulk_create(new)
    return len(new)


def _drop_unlikely(likely: set[tuple[int, int]]) -> None:
    open_pairs = (
        Pair.objects.filter(settled_at=None)
        .exclude(reasons="numbers")
        .values_list("pk", "first_id", "second_id")
    )
    gone = [pk for pk, first, second in open_pairs if (first, second) not in likely]
    for start in range(0, len(gone), STEP):
        Pair.objects.filter(pk__in=gone[start : start + STEP]).delete()
