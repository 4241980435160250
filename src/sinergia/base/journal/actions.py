"""Writing to the journal, and sealing what was written."""

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import QuerySet

from sinergia.base.journal.models import Entry, EntryDetail, Head, Leaf
from sinergia.base.journal.queries import entries_of, lately_unsealed_entries, unsealed_entries
from sinergia.engine.seal import Frontier, canonical, leaf_hash, salted_digest
from sinergia.engine.text import words_of

_OF_ONE_WORD = 2  # spaces
SEAL_AT_ONCE = 1_000  # entries: keeps the write lock under 100 ms


class Keyed(Protocol):
    """Whoever or whatever has a key."""

    @property
    def key(self) -> UUID:
        """By which the journal names them."""
        ...


def record(
    verb: str,
    *,
    about: models.Model,
    actor: Keyed,
    at: datetime,
    codes: Mapping[str, str | int] | None = None,
    detail: Mapping[str, str | int] | None = None,
) -> Entry:
    """Note in the same transaction that `actor` did `verb` to `about`.

    codes: short values fit to be kept for ever and published; no names, no texts.
    detail: what may have to be erased one day; the entry keeps only its salted digest.
    """
    about_kind = about._meta.label_lower  # noqa: SLF001  # Django's own public name
    about_key = str(getattr(about, "key", None) or about.pk)
    salt, detail_bytes = secrets.token_bytes(16), canonical(dict(detail)) if detail else b""
    values: dict[str, object] = {
        "about": f"{about_kind}:{about_key}",
        "actor": str(actor.key),
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "codes": {name: str(value) for name, value in (codes or {}).items()},
        "detail": salted_digest(detail_bytes, salt).hex() if detail_bytes else "",
        "verb": verb,
    }
    entry = Entry.objects.create(
        verb=verb,
        about_kind=about_kind,
        about_key=about_key,
        actor_key=actor.key,
        at=at,
        content=canonical({"schema": "entry/1", "values": values}),
    )
    if detail_bytes:
        EntryDetail.objects.create(entry=entry, salt=salt, content=detail_bytes)
    return entry


def seal_lately(*, now: datetime) -> int:
    """Seal what was written since the last time; return how many. Takes no lock for nothing."""
    sealed = 0
    while lately_unsealed_entries().exists():
        step = seal_entries(now=now, among=lately_unsealed_entries)
        if not step:  # another worker was quicker
            break
        sealed += step
    return sealed


def erase_details(person: UUID, *, holding: Sequence[str]) -> int:
    """Empty the details of everything a person did or had done to them, and any that name them.

    Part of the erasure of a person; nobody else may. holding: name and addresses, as written: they
    are looked for as whole words, and one single word as a whole value, for anybody may be called
    what stands in the words of others. Entries, digests and seals stay as they are. Gives how many
    details were emptied.
    """
    theirs = set(entries_of(person).values_list("pk", flat=True))
    marks = [words for words in map(_spaced, holding) if words.strip()]
    kept = EntryDetail.objects.exclude(content=b"").order_by("pk")
    found = [
        detail.pk
        for detail in kept.iterator(chunk_size=2000)
        if detail.entry_id in theirs or _names(bytes(detail.content), marks)
    ]
    for start in range(0, len(found), 500):
        chosen = EntryDetail.objects.filter(pk__in=found[start : start + 500])
        chosen.update(content=b"", salt=b"")
    return len(found)


def _names(content: bytes, marks: Sequence[str]) -> bool:
    values = [_spaced(str(value)) for value in json.loads(content).values()]
    return any(
        mark == value or (mark in value and mark.count(" ") > _OF_ONE_WORD)
        for value in values
        for mark in marks
    )


def _spaced(text: str) -> str:
    """The folded words of a text, a space on both sides of each."""
    return f" {' '.join(words_of(text))} "


@transaction.atomic
def seal_entries(*, now: datetime, among: Callable[[], QuerySet[Entry]] = unsealed_entries) -> int:
    """Give committed entries their places in the tree; return how many were sealed.

    Entries are taken by "has no leaf yet", never by "id after the last": on PostgreSQL
    a smaller id may be committed later.
    """
    _one_sealer_at_a_time()
    entries = list(among()[:SEAL_AT_ONCE])
    if not entries:
        return 0
    head = Head.objects.order_by("-size").first()
    frontier = Frontier.from_bytes(bytes(head.frontier)) if head else Frontier()
    leaves = []
    for entry in entries:
        content = bytes(entry.content)
        frontier = frontier.append(content)
        digest = leaf_hash(content).hex()
        leaves.append(Leaf(place=frontier.size, entry=entry, digest=digest))
    Leaf.objects.bulk_create(leaves, batch_size=500)
    Head.objects.create(
        size=frontier.size,
        root=frontier.root().hex(),
        frontier=frontier.to_bytes(),
        at=now,
    )
    return len(leaves)


def _one_sealer_at_a_time() -> None:
    """SQLite has one writer anyway; PostgreSQL needs a lock that ends with the transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(7301)")


def seal_all(*, now: datetime) -> int:
    """Seal whatever waits, step by step; return how many."""
    sealed = 0
    while step := seal_entries(now=now):
        sealed += step
    return sealed


LOUD_AFTER = timedelta(seconds=60)  # an entry unsealed for longer is named by `sinergia check`
