"""What others wrote between the opening of a form and its saving."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from sinergia.engine.refusal import Gap, Refused


def touched(
    row: object, given: Mapping[str, object], seen: Mapping[str, object] | None
) -> dict[str, object]:
    """What to write over `row`, which is locked: where nobody typed, what stands there now.

    row: of a table, or the like of one, where fields lie inside one column.

    given, seen: field of the row to what was typed, and to what stood there when the form was
    opened; None where there was no form. Raises Refused for each field that the writer changed
    and that has become a third value since.
    """
    written, gaps = dict(given), []
    for name in seen or {}:
        was, typed, now = (seen or {})[name], given.get(name), getattr(row, name)
        if typed == was:
            written[name] = now
        elif not _same(now, was) and not _same(now, typed):
            gaps.append(Gap("changed_meanwhile", name, {"value": _said(row, name)}))
    if gaps:
        raise Refused(gaps)
    return written


def _same(one: object, other: object) -> bool:
    """Blanks and ends of lines do not tell texts apart: a page changes them by itself."""
    if isinstance(one, str) and isinstance(other, str):
        return one.split() == other.split()
    return one == other


def _said(row: object, name: str) -> str:
    chosen = getattr(row, f"get_{name}_display", None)
    value = chosen() if chosen else getattr(row, name)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return "" if value is None else str(getattr(value, "name", value))
