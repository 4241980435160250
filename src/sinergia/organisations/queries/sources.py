"""Where the register's words came from, and how long ago."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from sinergia.organisations.models import Centre, Organisation, Source, SourceLayout, SourceRecord

STALE = timedelta(days=90)  # from then on a source is called old


@dataclass(frozen=True)
class SourceAge:
    """A source and how long ago it spoke. days: whole ones, until now."""

    source: Source
    loaded_at: datetime
    days: int

    @property
    def is_stale(self) -> bool:
        """Whether it is time to load it anew."""
        return self.days >= STALE.days


def sources_of(organisation: Organisation, *, now: datetime) -> list[SourceAge]:
    """Who has spoken of an organisation, the last one first.

    A source confirms what it said by being loaded again, even where nothing was new.
    """
    records = SourceRecord.objects.filter(organisation=organisation).select_related("source")
    found = [
        _age(record.source, record.source.loaded_at or record.loaded_at, now) for record in records
    ]
    return sorted(found, key=lambda one: (one.days, one.source.code))


def sources_open_to(centre: Centre | None) -> QuerySet[Source]:
    """Sources that a centre may load: its own, and those of everybody; none for these alone."""
    ours = Q(centre=None) if centre is None else Q(centre=None) | Q(centre=centre)
    return Source.objects.filter(ours)


def source_open_to(centre: Centre | None, code: str) -> Source | None:
    """One of them by its code."""
    return sources_open_to(centre).filter(code=code).first()


def source_remembered(centre: Centre | None, headings: str) -> Source | None:
    """Where a centre's files with these headings came from the last time; else everybody's."""
    theirs = Q(centre=None) if centre is None else Q(centre=None) | Q(centre=centre)
    rows = SourceLayout.objects.filter(theirs, headings=headings).select_related("source")
    layout = rows.order_by(F("centre").desc(nulls_last=True)).first()
    return layout.source if layout else None


def ages_of_sources(centre: Centre | None, *, now: datetime) -> list[SourceAge]:
    """Every source open to a centre that was loaded, the oldest word first."""
    rows = sources_open_to(centre).filter(loaded_at__isnull=False).order_by("loaded_at", "pk")
    return [_age(one, one.loaded_at, now) for one in rows if one.loaded_at is not None]


def source_names(codes: Iterable[str]) -> dict[str, str]:
    """What sources of these codes are called."""
    wanted = set(codes) - {""}
    rows = Source.objects.filter(code__in=wanted) if wanted else Source.objects.none()
    return dict(rows.values_list("code", "name"))


def _age(source: Source, at: datetime, now: datetime) -> SourceAge:
    return SourceAge(source, at, max(0, (now - at).days))
