"""What differs between two texts of a practice, as a reader understands it."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from sinergia.base.drafts.words import Difference, short
from sinergia.engine.drafts import ORDER, Path, Row
from sinergia.engine.practice import PRACTICE
from sinergia.packs.practices import FIELDS, ROWS
from sinergia.practices.queries.writing import Written
from sinergia.practices.words.choices import Choices
from sinergia.practices.words.fields import CELLS, LABELS


def differences(then: Written, now: Written, language: str) -> list[Difference]:
    """Every text that differs, in the order of the form; what was chosen, by its words."""
    before, after = then.values, now.values
    order = list(FIELDS)
    paths = sorted(
        (path for path in before.keys() | after.keys() if before.get(path) != after.get(path)),
        key=lambda path: (order.index(path.partition("/")[0]), path),
    )
    choices = Choices(now.practice, language)
    return [*_told(paths, before, after, choices), *_orders(then, now, choices)]


def _told(
    paths: Sequence[str], then: Mapping[str, str], now: Mapping[str, str], choices: Choices
) -> Iterator[Difference]:
    for text in paths:
        path = PRACTICE.parse(text)
        if path is None or path.cell == ORDER:
            continue
        place = str(LABELS[path.field])
        if path.row:
            first = Path(path.field, path.row, next(iter(ROWS[path.field])))
            value = now.get(str(first)) or then.get(str(first), "")
            named = short(_words(first, value, choices))
            cell = CELLS[path.field, path.cell]
            place = f"{place}: {named} — {cell}" if named and path != first else place
        was, stands = (_words(path, one.get(text, ""), choices) for one in (then, now))
        yield Difference(place, was, stands)


def _words(path: Path, value: str, choices: Choices) -> str:
    """A value as it is read: of a choice, its words."""
    found = [one for _group, some in choices.at(path.field, path.cell) for one in some]
    return dict(found).get(value, value)


def _orders(then: Written, now: Written, choices: Choices) -> Iterator[Difference]:
    """Fields whose rows stood in another order; each order by the beginnings of the rows."""
    for name, rows in now.document.rows.items():
        before = then.document.rows[name]
        was = [row for row in before if any(row.id == one.id for one in rows)]
        stands = [row for row in rows if any(row.id == one.id for one in was)]
        if [row.id for row in was] != [row.id for row in stands]:
            place = _("%(field)s: order of the rows") % {"field": LABELS[name]}
            yield Difference(place, *(_numbered(name, some, choices) for some in (was, stands)))


def _numbered(name: str, rows: Sequence[Row], choices: Choices) -> str:
    first = next(iter(ROWS[name]))
    lines = (_words(Path(name, row.id, first), row.texts.get(first, ""), choices) for row in rows)
    return "\n".join(f"{at}. {short(line)}" for at, line in enumerate(lines, start=1))
