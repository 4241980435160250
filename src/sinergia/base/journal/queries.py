"""How the journal is read and checked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet, Subquery

from sinergia.base.journal.models import Entry, Head, Leaf
from sinergia.engine.seal import SHORTEST_SALT, Frontier, leaf_hash, salted_digest

LATE = 2_000  # entries
ERASED = "person.erased"  # the verb after which details may be empty


@dataclass(frozen=True)
class SealReport:
    """What a walk over the whole journal found; `faults` names each place that does not agree."""

    sealed: int
    unsealed: int
    root: str
    faults: list[str]


class Read(NamedTuple):
    """What a walk reads of an entry; the names are those of its columns."""

    pk: int
    key: UUID
    verb: str
    about_kind: str
    about_key: str
    actor_key: UUID
    at: datetime
    content: bytes
    detail__content: bytes | None
    detail__salt: bytes


class Change(NamedTuple):
    """The last thing that was done: what was counted before it may not hold any more.

    place: of the last sealed entry. On PostgreSQL an entry with a smaller number may be committed
    after the last one; seconds later it is sealed, and the place moves on.
    """

    entry: UUID
    place: int | None


def unsealed_entries() -> QuerySet[Entry]:
    """Entries without a place in the tree, oldest first."""
    return Entry.objects.filter(leaf__isnull=True).order_by("pk")


def lately_unsealed_entries() -> QuerySet[Entry]:
    """Entries without a place among the newest: quick, however long the journal is.

    What was committed later than LATE newer entries were sealed is not among them.
    """
    sealed = Leaf.objects.order_by("-place").values_list("entry_id", flat=True).first() or 0
    return unsealed_entries().filter(pk__gt=sealed - LATE)


def last_change() -> Change | None:
    """The newest entry of the journal and the seal's place; none in an empty installation."""
    sealed = Subquery(Leaf.objects.order_by("-place").values("place")[:1])
    row = Entry.objects.order_by("-pk").annotate(sealed=sealed).values_list("key", "sealed").first()
    return Change(*row) if row else None


def last_head() -> Head | None:
    """The root over all that is sealed."""
    return Head.objects.order_by("-size").first()


def entries_about(kind: str, key: str) -> QuerySet[Entry]:
    """The history of one thing, newest first."""
    return Entry.objects.filter(about_kind=kind, about_key=key).order_by("-pk")


def said_in_all(about: tuple[str, UUID], verb: str, code: str) -> int:
    """What a code of a verb's entries about a thing, by its kind and key, comes to."""
    return sum(int(codes[code]) for _entry, codes in codes_told(about, verb))


def codes_told(about: tuple[str, UUID], *verbs: str) -> list[tuple[Entry, Mapping[str, str]]]:
    """The entries of these verbs about a thing, each with its codes. The newest first."""
    kind, key = about
    rows = entries_about(kind, str(key)).filter(verb__in=verbs)
    return [(one, json.loads(bytes(one.content))["values"]["codes"]) for one in rows]


def details_told(about: tuple[str, UUID], verb: str, name: str) -> list[str]:
    """What the details of a verb's entries about a thing say under a name; the erased say nothing.

    about: its kind and key. The newest first.
    """
    kind, key = about
    told = entries_about(kind, str(key)).filter(verb=verb, detail__isnull=False)
    kept = told.exclude(detail__content=b"").values_list("detail__content", flat=True)
    return [str(json.loads(bytes(one))[name]) for one in kept]


def entries_of(person: UUID) -> QuerySet[Entry]:
    """Everything that one person did, or that was done to their account, oldest first."""
    return Entry.objects.filter(Q(actor_key=person) | Q(about_key=str(person))).order_by("pk")


def verify_journal() -> SealReport:
    """Compute the tree again from the entries and compare it with every head that was kept.

    What pages read of an entry, its columns and its detail, has to be what the sealed bytes say.
    """
    heads = dict(Head.objects.values_list("size", "root"))
    erased = Entry.objects.filter(verb=ERASED).order_by("-pk").values_list("pk", flat=True).first()
    frontier, faults, place = Frontier(), [], 0
    columns = [f"entry__{name}" for name in Read._fields]
    rows = Leaf.objects.order_by("place").values_list("place", "digest", *columns)
    for place, (found, digest, *told) in enumerate(rows.iterator(chunk_size=2000), start=1):
        read = Read(*told)
        leaf = bytes(read.content)
        if found != place or leaf_hash(leaf).hex() != digest or not _agrees(read):
            faults.append(f"entry {found}")
        elif not _has_its_detail(read, erased or 0):
            faults.append(f"detail {read.key}")
        frontier = frontier.append(leaf)
        if place in heads and heads[place] != frontier.root().hex():
            faults.append(f"head {place}")
    faults += [f"head {size}" for size in heads if size > place]
    # Asked now, not of `heads`: the walk may have seen what was sealed after they were read.
    if place and not Head.objects.filter(size=place).exists():
        faults.append(f"head {place}")
    root = frontier.root().hex() if place else ""
    return SealReport(place, unsealed_entries().count(), root, faults)


def was_root(signs: str) -> bool:
    """Whether a kept root begins with these signs: one noted down shows that no end was cut off."""
    return Head.objects.filter(root__startswith=signs.lower()).exists()


def _agrees(read: Read) -> bool:
    """Whether the columns say what the sealed bytes say."""
    told = {
        "about": f"{read.about_kind}:{read.about_key}",
        "actor": str(read.actor_key),
        "at": read.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "verb": read.verb,
    }
    try:
        return bool(told.items() <= json.loads(bytes(read.content))["values"].items())
    except (ValueError, TypeError, KeyError, AttributeError):
        return False


def _has_its_detail(read: Read, erased: int) -> bool:
    """Whether the detail is what the entry holds the digest of, or was emptied with a person.

    erased: number of the last entry that tells of such an erasure.
    """
    digest = json.loads(bytes(read.content))["values"].get("detail")
    if not digest or read.detail__content is None:
        return not digest and read.detail__content is None
    content, salt = bytes(read.detail__content), bytes(read.detail__salt)
    if not content:
        return read.pk < erased
    return len(salt) >= SHORTEST_SALT and salted_digest(content, salt).hex() == digest
