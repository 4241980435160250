"""Looking for organisations that were entered twice, and saying what they are."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.base.journal.actions import record
from sinergia.engine.doubles import Suspicion, suspect
from sinergia.notices.actions import tell
from sinergia.organisations.access import may_merge, may_serve
from sinergia.organisations.models import Organisation, Pair
from sinergia.organisations.queries.doubles import made_since, traits_of_all
from sinergia.organisations.queries.roles import administrators, staff_of_regions
from sinergia.people.models import Person

# What else than likeness raises a pair: a file gave one's number to the other, a person did.
RAISED = ("numbers", "typed")
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
    pair = _locked(key, actor)
    if pair.settled_at is None:
        pair.settled_at, pair.settled_by, pair.verdict = now, actor, Pair.Verdict.DIFFERENT
        pair.save(update_fields=["settled_at", "settled_by", "verdict"])
        record("pair.told_apart", about=pair, actor=actor, at=now)
    return pair


@transaction.atomic
def ask_again(key: UUID, *, actor: Person, now: datetime) -> Pair:
    """Take back that the two are two."""
    pair = _locked(key, actor)
    if pair.settled_at is not None:
        pair.settled_at, pair.settled_by, pair.verdict = None, None, ""
        pair.save(update_fields=["settled_at", "settled_by", "verdict"])
        record("pair.asked_again", about=pair, actor=actor, at=now)
    return pair


@transaction.atomic
def ask_administrators(key: UUID, *, actor: Person, now: datetime) -> Pair:
    """Ask those who may to settle a pair across a border; the centre beyond it is told.

    Once is enough. Raises PermissionDenied for who serves neither side.
    """
    pair = Pair.objects.select_for_update(of=("self",)).select_related("first", "second")
    asked = pair.get(key=key)
    if not (may_serve(actor, asked.first) or may_serve(actor, asked.second)):
        raise PermissionDenied
    if asked.asked_at is None and asked.settled_at is None:
        asked.asked_at = now
        asked.save(update_fields=["asked_at"])
        record("pair.put_to_administrators", about=asked, actor=actor, at=now)
        _tell_of_pair(asked, but=actor, now=now)
    return asked


def raise_pair(first: int, second: int, *, reason: str, now: datetime) -> None:
    """Keep a suspicion that something else than likeness raised; part of a transaction.

    first, second: rows of organisations. reason: one of RAISED.
    """
    elder, younger = sorted((first, second))
    Pair.objects.get_or_create(
        first_id=elder,
        second_id=younger,
        defaults={"reasons": reason, "likeness": 100, "found_at": now},
    )


def drop_pair(first: int, second: int, *, reason: str) -> None:
    """Take an open suspicion away that nothing but this reason raised; part of a transaction."""
    elder, younger = sorted((first, second))
    open_pairs = Pair.objects.filter(first=elder, second=younger, settled_at=None)
    open_pairs.filter(reasons=reason).delete()


def _locked(key: UUID, actor: Person) -> Pair:
    rows = Pair.objects.select_for_update(of=("self",)).select_related("first", "second")
    pair = rows.get(key=key)
    if not may_merge(actor, pair.first.region_id, pair.second.region_id):
        raise PermissionDenied
    return pair


def _tell_of_pair(pair: Pair, *, but: Person, now: datetime) -> None:
    """Administrators, who may settle it, and the staff of both centres, who cannot."""
    url = reverse("register:compare", args=[pair.first.key, pair.second.key])
    staff = staff_of_regions([pair.first.region_id, pair.second.region_id]).exclude(pk=but.pk)
    told = {person.pk: ("register.pair_put_to_you", person) for person in administrators()}
    told |= {person.pk: ("register.pair_put_to_others", person) for person in staff}
    for code, person in told.values():
        tell(person, code, now=now, about=pair, url=url)


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
        .exclude(reasons__in=RAISED)
        .values_list("pk", "first_id", "second_id")
    )
    gone = [pk for pk, first, second in open_pairs if (first, second) not in likely]
    for start in range(0, len(gone), STEP):
        Pair.objects.filter(pk__in=gone[start : start + STEP]).delete()
