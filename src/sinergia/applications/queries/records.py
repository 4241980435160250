"""An application as its fund filed it: every cell of each version, and what is written of it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from sinergia.applications.models import Application, Doubt, OutsideRecord
from sinergia.base.journal.queries import entries_about
from sinergia.people.models import Person

HIDDEN = "••••••••••••"
# Twelve digits, parted by blanks or dashes or not: how a person's tax number is written.
_PERSONAL = re.compile(r"(?<!\d)(?:\d[ \u00a0\u202f-]?){11}\d(?!\d)")
# Digits that an organisation's numbers may have; an INN may have lost its leading zero.
_PUBLIC_DIGITS = {"ogrn": (13,), "inn": (9, 10)}


@dataclass(frozen=True)
class Change:
    """A cell that a later version says differently; "" where it was not filled."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    """One row as filed. cells: field -> text; changes: against the version before it."""

    number: int
    kept_at: datetime
    file_name: str  # "" where it was entered by hand
    row: int
    cells: Mapping[str, str]
    changes: Sequence[Change]


@dataclass(frozen=True)
class Event:
    """A line of the journal."""

    verb: str
    at: datetime
    actor: str


def detailed() -> QuerySet[Application]:
    """Applications with all that their own page shows."""
    return Application.objects.select_related(
        *("organisation", "fund", "call", "region", "municipality", "direction", "status"),
        *("submission", "origin__project", "origin__by"),
    )


def versions_of(application: Application, *, shows_persons: bool) -> list[Version]:
    """Every version, the last first; numbers of persons hidden unless they may be shown."""
    records = OutsideRecord.objects.filter(application=application).select_related("load")
    found: list[Version] = []
    before: Mapping[str, str] = {}
    for record in records.order_by("version"):
        cells = _cells(bytes(record.content))
        if not shows_persons:
            cells = {field: hide_persons(field, text) for field, text in cells.items()}
        found.append(
            Version(
                number=record.version,
                kept_at=record.kept_at,
                file_name=record.load.file_name if record.load else "",
                row=record.row,
                cells=cells,
                changes=_changes(before, cells) if found else [],
            )
        )
        before = cells
    return found[::-1]


def hide_persons(field: str, text: str) -> str:
    """Take a person's number out of a cell; of OGRN and INN show only what organisations have."""
    if field == "number":
        return text
    if field in _PUBLIC_DIGITS:
        digits = re.sub(r"\D", "", re.sub(r"[.,]0+$", "", text))
        return text if not digits or len(digits) in _PUBLIC_DIGITS[field] else HIDDEN
    return _PERSONAL.sub(HIDDEN, text)


def open_doubts_of(application: Application) -> list[Doubt]:
    """What a person has to decide about it."""
    waiting = Doubt.objects.filter(application=application, settled_at__isnull=True)
    return list(waiting.order_by("pk"))


def history_of(application: Application) -> list[Event]:
    """What the journal says of it, newest first."""
    kind = application._meta.label_lower  # noqa: SLF001  open to all by its documentation
    entries = list(entries_about(kind, str(application.key)))
    actors = Person.objects.filter(key__in={entry.actor_key for entry in entries})
    names = {actor.key: actor.name or actor.machine for actor in actors}
    return [Event(entry.verb, entry.at, names.get(entry.actor_key, "")) for entry in entries]


def _cells(content: bytes) -> dict[str, str]:
    """The flat mapping of an `outside-row`; empty where its bytes were erased."""
    values: Mapping[str, object] = json.loads(content)["values"] if content else {}
    return {field: str(text) for field, text in values.items()}


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    fields = [*after, *(field for field in before if field not in after)]
    return [
        Change(field, before.get(field, ""), after.get(field, ""))
        for field in fields
        if before.get(field, "") != after.get(field, "")
    ]
