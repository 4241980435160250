"""What differs between an earlier version of a project and what stands now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergia.base.drafts.words import Difference, day_shown
from sinergia.engine.drafts import ORDER, Path, Row
from sinergia.engine.project import parse_path, read_document
from sinergia.packs.rules import Rules
from sinergia.packs.rules.fields import ANSWERS, FIELDS, ROWS
from sinergia.projects.queries.writing import Written
from sinergia.projects.words.choices import choices_at, row_named
from sinergia.projects.words.fields import CELLS, LABELS
from sinergia.projects.words.questions import answer_said, question_said


def differences(then: Mapping[str, str], told: Written) -> list[Difference]:
    """Every text that differs, in the order of the form."""
    now = {path: text for path, text in told.values.items() if text}
    order = list(FIELDS)
    paths = sorted(
        (path for path in then.keys() | now.keys() if then.get(path, "") != now.get(path, "")),
        key=lambda path: (order.index(path.partition("/")[0]), _place_of(path)),
    )
    was = replace(told, document=read_document(then, currency=told.rules.currency))
    return [*_told(paths, then, now, was, told), *_orders(then, told)]


def _told(
    paths: list[str], then: Mapping[str, str], now: Mapping[str, str], was: Written, told: Written
) -> Iterator[Difference]:
    for text in paths:
        path = parse_path(text)
        if path is None or path.cell == ORDER:
            continue
        if path.field == ANSWERS:
            yield _answer(text, then.get(text, ""), now.get(text, ""), told.rules)
            continue
        place = str(LABELS[path.field])
        if path.row:
            first = next(iter(ROWS[path.field]))
            at = f"{path.field}/{path.row}/{first}"
            cells = {first: now.get(at) or then.get(at, "")}
            named = row_named(path.field, cells, told, get_language() or "ru")
            place = f"{place}: {named} — {CELLS[path.field, path.cell]}" if named else place
        before = _read(path, then.get(text, ""), was)
        yield Difference(place, before, _read(path, now.get(text, ""), told))


def _place_of(text: str) -> tuple[str, int, str]:
    """Rows one after another, in each the cells as the form has them."""
    field, _slash, rest = text.partition("/")
    row, _slash, cell = rest.partition("/")
    cells = list(ROWS.get(field, ()))
    return row, cells.index(cell) if cell in cells else -1, text


def _read(path: Path, text: str, told: Written) -> str:
    """A text as it is read: of a choice its words, of a row its beginning, a day in words."""
    kind = ROWS[path.field][path.cell] if path.row else FIELDS[path.field]
    if kind == "date":
        return day_shown(text)
    if kind not in ("choice", "row"):
        return text
    groups = choices_at(path.field, path.cell, told, get_language() or "ru")
    words = {value: said for _group, some in groups for value, said in some}
    return words.get(text, text)


def _orders(then: Mapping[str, str], told: Written) -> Iterator[Difference]:
    """Fields whose rows stood in another order; each order by the beginnings of the rows."""
    before = read_document(then, currency=told.rules.currency).rows
    for name, rows in told.document.rows.items():
        was = [row for row in before[name] if any(row.id == one.id for one in rows)]
        stands = [row for row in rows if any(row.id == one.id for one in was)]
        if [row.id for row in was] != [row.id for row in stands]:
            place = _("%(field)s: order of the rows") % {"field": LABELS[name]}
            yield Difference(place, _numbered(name, was, told), _numbered(name, stands, told))


def _numbered(name: str, rows: Sequence[Row], told: Written) -> str:
    lines = (row_named(name, row.texts, told, get_language() or "ru") for row in rows)
    return "\n".join(f"{at}. {line}" for at, line in enumerate(lines, start=1))


def _answer(path: str, before: str, after: str, rules: Rules) -> Difference:
    language = get_language() or "ru"
    told = [answer_said(path, text, rules, language) for text in (before, after)]
    return Difference(question_said(path, rules, language), *told)
