"""How the journal is read and checked."""

import json
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from sinergia.base.journal.models import Entry, EntryDetail, Head, Leaf
from sinergia.engine.seal import Frontier, leaf_hash, salted_digest

LATE = 2_000  # entries


@dataclass(frozen=True)
class SealReport:
    """What a walk over the whole journal found; `faults` names each place that does not agree."""

    sealed: int
    unsealed: int
    root: str
    faults: list[str]


def unsealed_entries() -> QuerySet[Entry]:
    """Entries without a place in the tree, oldest first."""
    return Entry.objects.filter(leaf__isnull=True).order_by("pk")


def lately_unsealed_entries() -> QuerySet[Entry]:
    """Entries without a place among the newest: quick, however long the journal is.

    What was committed later than LATE newer entries were sealed is not among them.
    """
    sealed = Leaf.objects.order_by("-place").values_list("entry_id", flat=True).first() or 0
    return unsealed_entries().filter(pk__gt=sealed - LATE)


def last_head() -> Head | None:
    """The root over all that is sealed."""
    return Head.objects.order_by("-size").first()


def entries_about(kind: str, key: str) -> QuerySet[Entry]:
    """The history of one thing, newest first."""
    return Entry.objects.filter(about_kind=kind, about_key=key).order_by("-pk")


def said_in_all(about: tuple[str, UUID], verb: str, code: str) -> int:
    """What a code of a verb's entries about a thing, by its kind and key, comes to."""
    kind, key = about
    told = entries_about(kind, str(key)).filter(verb=verb).values_list("content", flat=True)
    return sum(int(json.loads(bytes(one))["values"]["codes"][code]) for one in told)


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
    """Compute the tree again from the entries and compare it with every head that was kept."""
    heads = dict(Head.objects.values_list("size", "root"))
    frontier, faults, place = Frontier(), [], 0
    rows = Leaf.objects.order_by("place").values_list("place", "digest", "entry__content")
    for place, (found, digest, content) in enumerate(rows.iterator(chunk_size=2000), start=1):
        leaf = bytes(content)
        if found != place or leaf_hash(leaf).hex() != digest:
            faults.append(f"entry {found}")
        frontier = frontier.append(leaf)
        if place in heads and heads[place] != frontier.root().hex():
            faults.append(f"head {place}")
    faults += [f"head {size}" for size in heads if size > place]
    faults += _false_details()
    root = frontier.root().hex() if place else ""
    return SealReport(place, unsealed_entries().count(), root, faults)


def _false_details() -> list[str]:
    """Details whose bytes no longer match the digest that their entry holds."""
    kept = EntryDetail.objects.exclude(content=b"").select_related("entry").order_by("pk")
    return [
        f"detail {detail.entry.key}"
        for detail in kept.iterator(chunk_size=2000)
        if salted_digest(bytes(detail.content), bytes(detail.salt)).hex().encode()
        not in bytes(detail.entry.content)
    ]
