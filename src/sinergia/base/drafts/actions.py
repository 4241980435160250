"""Texts saved one by one, so that two people who write in the same place never cross.

A save says which version of the text it was written upon. Where somebody has saved another one
since then, nothing is written: whoever comes second sees both and chooses. The same text once more,
from a request that was repeated or from two people, is no conflict.

Each function here is part of an action of a floor, which holds the lock and has asked who may.
"""

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias
from uuid import UUID

from sinergia.base.drafts.models import DraftPicture, DraftText
from sinergia.engine.drafts import LONGEST, MOST_ROWS, ORDER, Fields, Path
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.seal import canonical

Way: TypeAlias = Literal["up", "down"]
Texts: TypeAlias = Any  # the related manager of a `DraftText`: Django has no name for its type
Pictures: TypeAlias = Any  # the same of a `DraftPicture`


@dataclass(frozen=True)
class Save:
    """A text for a path. base: the version it was written upon, 0 where none was seen."""

    path: Path
    text: str
    base: int


@dataclass(frozen=True)
class Saved:
    """What became of a save. is_conflict: `text` is what somebody else saved meanwhile."""

    text: DraftText
    is_conflict: bool = False
    is_written: bool = False


def save_texts(
    texts: Texts, fields: Fields, saves: Sequence[Save], *, by: UUID, now: datetime
) -> list[Saved]:
    """Save texts; each for itself is written or in conflict.

    Raises Refused where a text is longer than anything kept, or rows are more than ever needed;
    then nothing is written.
    """
    there = {one.path: one for one in texts.filter(path__in=[str(save.path) for save in saves])}
    _refuse_too_much(texts, fields, saves, there)
    done = []
    for save in saves:
        found = there.get(str(save.path))
        text = found or texts.model(
            **{texts.field.name: texts.instance}, path=str(save.path), version=0, value=""
        )
        done.append(_saved(text, fields.clean(save.path, save.text), save.base, by=by, now=now))
    written = [one.text for one in done if one.is_written]
    texts.bulk_create([text for text in written if text.pk is None])
    for text in written:
        if text.version > 1:
            text.save(update_fields=["value", "version", "by", "at"])
    return done


def saves_that_empty(texts: Texts, fields: Fields, field: str, row: str) -> list[Save]:
    """What takes a row out: its texts emptied, so that their versions go on.

    Whoever still writes in the row comes into conflict and may keep what they wrote.
    """
    there = texts.filter(path__startswith=f"{field}/{row}/").exclude(value="")
    parsed = ((fields.parse(text.path), text.version) for text in there)
    return [Save(path, "", version) for path, version in parsed if path is not None]


def saves_that_move(
    texts: Texts, fields: Fields, field: str, row: str, way: Way
) -> tuple[list[str], list[Save]]:
    """How rows stand after one has gone a place up or down, and what is saved for it.

    The first one goes no further up, the last no further down. A row whose texts are still under
    way counts as the last. The place of a row is a text of its own at `FIELD/ROW/order`: whoever
    types in the row meanwhile is in nobody's way.
    """
    versions = {text.path: text.version for text in texts.filter(path__startswith=f"{field}/")}
    values = dict(texts.filter(path__startswith=f"{field}/").values_list("path", "value"))
    rows = [one.id for one in fields.read(values)[1][field]]
    rows += [row] if row not in rows else []
    at = rows.index(row)
    to = max(at - 1, 0) if way == "up" else min(at + 1, len(rows) - 1)
    if to == at:
        return rows, []
    rows.insert(to, rows.pop(at))
    paths = [Path(field, one, ORDER) for one in rows]
    return rows, [
        Save(path, str(number), versions.get(str(path), 0))
        for number, path in enumerate(paths, start=1)
    ]


def saves_that_restore(texts: Texts, fields: Fields, wanted: Mapping[str, str]) -> list[Save]:
    """What brings earlier texts back; texts that were not there then are emptied."""
    versions = dict(texts.values_list("path", "version"))
    parsed = ((fields.parse(path), path) for path in wanted.keys() | versions.keys())
    return [
        Save(path, wanted.get(text, ""), versions.get(text, 0))
        for path, text in parsed
        if path is not None
    ]


def parse_move(fields: Fields, text: str) -> tuple[Path, Way] | None:
    """Read which row is to go where: `tasks/7f3a9c/up`; none for what is no such thing."""
    row, _slash, way = text.rpartition("/")
    path = fields.parse(f"{row}/{ORDER}")
    if path is None or way not in ("up", "down"):
        return None
    return path, "up" if way == "up" else "down"


def keep_picture(
    texts: Texts, pictures: Pictures, *, schema: str, why: str, by: UUID, now: datetime
) -> tuple[Any, bool]:
    """Keep what stands there, and whether it is new: not where the last picture shows the same."""
    shown = dict(texts.exclude(value="").values_list("path", "value"))
    content = zlib.compress(canonical({"schema": schema, "values": shown}), 6)
    last = pictures.order_by("-pk").first()
    if last is not None and bytes(last.content) == content:
        return last, False
    made = pictures.create(why=why, content=content, size=len(shown), by=by, at=now)
    return made, True


def texts_of(picture: DraftPicture) -> Mapping[str, str]:
    """Texts by path, as they were."""
    told = json.loads(zlib.decompress(bytes(picture.content)))
    values: dict[str, str] = told["values"]
    return values


def _saved(text: DraftText, value: str, base: int, *, by: UUID, now: datetime) -> Saved:
    """The text as it is to be written; nothing typed where nothing stood needs no row."""
    if text.value == value:
        return Saved(text)
    if text.version not in (0, base):
        return Saved(text, is_conflict=True)
    text.value, text.version = value, text.version + 1
    text.by, text.at = by, now
    return Saved(text, is_written=True)


def _refuse_too_much(
    texts: Texts, fields: Fields, saves: Sequence[Save], there: Iterable[str]
) -> None:
    gaps = [Gap("text_too_long", str(save.path)) for save in saves if len(save.text) > LONGEST]
    paths = [(str(save.path), save.path.cell) for save in saves]
    fresh = {_row(path, fields) for path, cell in paths if cell and path not in there}
    if fresh:
        known = texts.filter(path__contains="/").values_list("path", flat=True)
        rows = {_row(path, fields) for path in known} | fresh
        counts = Counter(row.partition("/")[0] for row in rows)
        gaps += [Gap("too_many_rows", name) for name, count in counts.items() if count > MOST_ROWS]
    if gaps:
        raise Refused(gaps)


def _row(path: str, fields: Fields) -> str:
    """Of a cell, its row; an answer counts as a row by itself."""
    row = path.rpartition("/")[0]
    return path if row == fields.answers else row
