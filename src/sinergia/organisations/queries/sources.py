"""Where the register's words came from, and how long ago."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sinergia.organisations.models import Organisation, Source, SourceRecord

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


def sources(*, now: datetime) -> list[SourceAge]:
    """Every source that was loaded, the oldest word first."""
    rows = Source.objects.filter(loaded_at__isnull=False).order_by("loaded_at", "pk")
    return [_age(one, one.loaded_at, now) for one in rows if one.loaded_at is not None]


def source_names(codes: Iterable[str]) -> dict[str, str]:
    """What sources of these codes are called."""
    wanted = set(codes) - {""}
    rows = Source.objects.filter(code__in=wanted) if wanted else Source.objects.none()
    return dict(rows.values_list("code", "name"))


def _age(source: Source, at: datetime, now: datetime) -> SourceAge:
    return SourceAge(source, at, max(0, (now - at).days))
