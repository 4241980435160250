"""What is known before a row of the register is filed: rows as they stand, and who vouches."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from sinergia.base.tables.models import Load
from sinergia.organisations.models import (
    Centre,
    Change,
    Organisation,
    Question,
    RegisterLoad,
    Source,
    SourceRecord,
)
from sinergia.organisations.queries.identifiers import kpps_of
from sinergia.organisations.queries.roles import regions_of
from sinergia.people.models import Person
from sinergia.places.models import Region

KIND = "organisations"
OF_IDS = ("ids_missing", "ids_disagree", "id_unverified")
COMPARED = (
    "name", "short_name", "region", "municipality", "legal_form", "status", "registered_on",
    "closed_on", "address", "site", "kpp",
)  # fmt: skip


@dataclass(slots=True)
class Known:
    """An organisation of the register, as a source finds it.

    before: what the source said last, field to text. vouched: fields that a person or another
    source has spoken of. fields: numbers of its fields of work.
    """

    organisation: Organisation
    kpp: str = ""
    before: Mapping[str, str] = field(default_factory=dict)
    has_record: bool = False
    vouched: set[str] = field(default_factory=set)

    @property
    def ours(self) -> dict[str, str]:
        """What stands, in words that can be compared: codes for places, forms and states."""
        one = self.organisation
        unknown = Organisation.Status.UNKNOWN
        return {
            "name": one.name,
            "short_name": one.short_name,
            "region": one.region.code if one.region else "",
            "municipality": one.municipality.oktmo if one.municipality else "",
            "legal_form": one.legal_form.code if one.legal_form else "",
            "status": "" if one.status == unknown else one.status,
            "registered_on": one.registered_on.isoformat() if one.registered_on else "",
            "closed_on": one.closed_on.isoformat() if one.closed_on else "",
            "address": one.address,
            "site": one.site,
            "kpp": self.kpp,
        }


def known_organisations(pks: Sequence[int], source: Source, *, is_locked: bool) -> dict[int, Known]:
    """Organisations with what each source said of them; four queries for any number."""
    rows = Organisation.objects.filter(pk__in=pks).order_by("pk")
    rows = rows.select_related("region", "municipality", "legal_form")
    if is_locked:
        rows = rows.select_for_update(of=("self",))
    kpps = kpps_of(pks)
    known = {one.pk: Known(one, kpps[one.pk].value if one.pk in kpps else "") for one in rows}
    records = SourceRecord.objects.filter(organisation__in=known)
    for pk, spoke, content in records.values_list("organisation_id", "source_id", "content"):
        if spoke == source.pk:
            known[pk].before, known[pk].has_record = said_in(bytes(content)), True
        else:
            known[pk].vouched.update(name for name in said_in(bytes(content)))
    by_hand = Change.objects.filter(organisation__in=known, source="").order_by()
    for pk, name in by_hand.values_list("organisation_id", "field").distinct():
        known[pk].vouched.add("kpp" if name == "RU-KPP" else name)
    return known


def said_in(content: bytes) -> dict[str, str]:
    """What a source said, out of the bytes that are kept."""
    values: dict[str, str] = json.loads(content)["values"] if content else {}
    return values


def has_spoken(source: Source) -> bool:
    """Whether a source has said something of anybody."""
    return source.pk is not None and SourceRecord.objects.filter(source=source).exists()


def digests_of(source: Source) -> Iterator[tuple[int, str, str]]:
    """What a source said of each organisation it has spoken of, as digests: meaning and cells."""
    if source.pk is None:
        return iter(())
    rows = SourceRecord.objects.filter(source=source).order_by()
    return rows.values_list("organisation_id", "digest", "cells").iterator(chunk_size=5_000)


@dataclass
class Asked:
    """What was asked about the rows of a source, by their digests.

    answered: of rows without numbers, whose they are. settled: with the field of the conflict.
    regions: which region a spelling was said to mean.
    """

    open: set[str] = field(default_factory=set)
    answered: dict[str, int] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    regions: dict[str, Region] = field(default_factory=dict)
    settled: set[tuple[str, str]] = field(default_factory=set)


def asked_of(source: Source) -> Asked:
    """Every question that rows of a source have raised."""
    if source.pk is None:
        return Asked()
    asked = Asked(regions=_regions_named(source))
    rows = Question.objects.filter(source=source).order_by()
    columns = ("digest", "code", "field", "settled_at", "result", "organisation_id")
    for digest, code, name, settled_at, result, pk in rows.values_list(*columns).iterator():
        if settled_at is None:
            asked.open.add(digest)
        elif result == Question.Result.DROPPED:
            asked.left_out.add(digest)
        elif code in OF_IDS and pk is not None:
            asked.answered[digest] = pk
        elif name:
            asked.settled.add((digest, name))
    return asked


def _regions_named(source: Source) -> dict[str, Region]:
    named = Question.objects.filter(
        source=source, code="region_unknown", result=Question.Result.TAKEN
    )
    found = named.exclude(region=None).select_related("region").order_by("pk")
    return {one.theirs: one.region for one in found if one.region is not None}


def open_conflicts(organisations: Sequence[int], source: Source) -> dict[tuple[int, str], Question]:
    """Questions about fields that wait, by organisation and field."""
    found = Question.objects.filter(
        source=source, organisation__in=organisations, settled_at=None
    ).exclude(field="")
    return {(one.organisation_id or 0, one.field): one for one in found}


def register_load(load: Load) -> RegisterLoad:
    """In whose name a load goes, and of which source."""
    rows = RegisterLoad.objects.select_related("source", "centre__organisation", "region")
    return rows.get(load=load)


def loads_seen_by(person: Person, centre: Centre | None) -> QuerySet[Load]:
    """Loads of the centre one works at; of all regions, for administrators. Newest first."""
    theirs = RegisterLoad.objects.filter(centre=centre) if centre else RegisterLoad.objects.none()
    if person.is_administrator:
        theirs = RegisterLoad.objects.filter(Q(pk__in=theirs) | Q(centre=None))
    return Load.objects.filter(kind=KIND, pk__in=theirs.values("load")).order_by("-pk")


def served_by(centre: Centre | None) -> frozenset[int] | None:
    """Regions in which a load may write; none: in all of them."""
    return None if centre is None else frozenset(regions_of(centre))
