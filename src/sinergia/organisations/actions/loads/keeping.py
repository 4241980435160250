"""What stands beside an organisation after a row: what the source said, fields, pages, KPP."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sinergia.base.bulk import insert_rows
from sinergia.organisations.actions.fields import Spoken, add_fields
from sinergia.organisations.actions.history import pictured
from sinergia.organisations.actions.loads.judging import Verdict
from sinergia.organisations.actions.loads.planning import Origin, Plan, key_of
from sinergia.organisations.actions.loads.rows import BETWEEN
from sinergia.organisations.models import Change, Identifier, Reach, Source, SourceRecord
from sinergia.organisations.queries.loads import Known

ByPk = Mapping[int, Verdict]
KnownByPk = Mapping[int, Known]


class NewRecord(NamedTuple):
    """The row of what a source says of a newcomer, as it is inserted."""

    organisation_id: int
    source_id: int
    digest: str
    cells: str
    content: bytes
    loaded_at: datetime


def new_record(pk: int, verdict: Verdict, plan: Plan, origin: Origin) -> NewRecord:
    """What is kept of a newcomer's row."""
    cells = cells_of(verdict, plan).hex()
    return NewRecord(pk, plan.terms.source.pk, verdict.digest, cells, verdict.content, origin.now)


def keep_new_records(records: Sequence[NewRecord]) -> None:
    """Keep what the source says of organisations of which it has said nothing before."""
    insert_rows(SourceRecord, NewRecord._fields, records)


def keep_records(said: ByPk, plan: Plan, origin: Origin) -> None:
    """Keep what the source says of each known organisation now."""
    source, now = plan.terms.source, origin.now
    SourceRecord.objects.bulk_create(
        [
            SourceRecord(
                organisation_id=pk,
                source=source,
                digest=one.digest,
                cells=cells_of(one, plan).hex(),
                content=one.content,
                loaded_at=now,
            )
            for pk, one in said.items()
        ],
        update_conflicts=True,
        unique_fields=["organisation", "source"],
        update_fields=["digest", "cells", "content", "loaded_at"],
    )


def cells_of(verdict: Verdict, plan: Plan) -> bytes:
    """By what a row is known that need not be read again; b"" for one of which there is to tell."""
    owner = verdict.owner
    is_alone = owner is not None and key_of(owner) not in plan.repeats
    return verdict.row.cells if is_alone and verdict.is_plain else b""


def in_other_letters(verdict: Verdict, plan: Plan) -> int | None:
    """Whose row says the same in other cells than the last time: these are the ones to know."""
    if verdict.is_written or not verdict.row.is_read or verdict.owner is None:
        return None
    number, cells = plan.number_of(verdict.owner), cells_of(verdict, plan)
    return number if number is not None and plan.cells.get(number, b"") != cells else None


def keep_fields(said: ByPk, known: KnownByPk) -> None:
    """Note fields of work; those that the source named before and names no more go."""
    add_fields(
        {
            pk: Spoken(
                before=_parts(known[pk].before.get("field", "")) if pk in known else [],
                now=_parts(verdict.said["field"]),
            )
            for pk, verdict in said.items()
            if verdict.said.get("field")
        }
    )


def keep_links(said: ByPk, known: KnownByPk, source: Source, origin: Origin) -> None:
    """Note pages in networks; the one that the source named before goes, if nobody confirmed it.

    The history says so of those that were known before.
    """
    links = {pk: one.said["link"][:300] for pk, one in said.items() if "link" in one.said}
    named = {pk: known[pk].before.get("link", "") for pk in links if pk in known}
    moved = [pk for pk, before in named.items() if before != links[pk]]
    there = _links_of(moved)
    for pk in moved:
        if named[pk]:
            Reach.objects.filter(organisation=pk, value=named[pk], is_confirmed=False).delete()
    Reach.objects.bulk_create(
        [Reach(organisation_id=pk, kind=Reach.Kind.LINK, value=link) for pk, link in links.items()],
        ignore_conflicts=True,
    )
    here = _links_of(moved)
    gone, come = dict(there - here), dict(here - there)
    both = {pk: (gone.get(pk, ""), come.get(pk, "")) for pk in gone.keys() | come.keys()}
    _note("reach", both, source, origin)


def write_kpps(kpps: Mapping[int, tuple[str, str]], source: Source, origin: Origin) -> None:
    """Write KPPs, {organisation: what it was, what it is}: a number that many have."""
    if not kpps:
        return
    scheme = Identifier.Scheme.KPP
    Identifier.objects.filter(organisation__in=kpps, scheme=scheme).delete()
    Identifier.objects.bulk_create(
        Identifier(organisation_id=pk, scheme=scheme, value=value)
        for pk, (_, value) in kpps.items()
    )
    _note(scheme, kpps, source, origin)


def _note(
    field: str, changed: Mapping[int, tuple[str, str]], source: Source, origin: Origin
) -> None:
    """Lines of history, {organisation: what it was, what it is}."""
    Change.objects.bulk_create(
        Change(
            organisation_id=pk,
            field=field,
            before=before,
            after=after,
            at=origin.now,
            actor_key=origin.actor_key,
            source=source.code,
            load_key=origin.load_key,
        )
        for pk, (before, after) in changed.items()
    )


def _links_of(organisations: Sequence[int]) -> set[tuple[int, str]]:
    """Pages of organisations, each as the history keeps it."""
    if not organisations:
        return set()
    ways = Reach.objects.filter(organisation__in=organisations, kind=Reach.Kind.LINK)
    return {(way.organisation_id, pictured(way)) for way in ways}


def _parts(text: str) -> list[str]:
    return text.split(BETWEEN) if text else []
