"""What the pages of applications print: figures with their rows, cells cut to what a page holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.applications.queries.filters import ApplicationFilter
from sinergia.applications.queries.lists import Money, Totals
from sinergia.applications.queries.records import Version
from sinergia.base.ui.parts import Tile
from sinergia.base.ui.templatetags.figures import count, money, money_short

LONGEST_CELL = 2_000  # characters that a page shows of a cell; the record keeps every one
LONGEST_CHANGE = 300
MOST_VERSIONS = 20


@dataclass(frozen=True)
class ChangeShown:
    """A cell that was said differently before; texts cut."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class VersionShown:
    """A version and what it changed."""

    version: Version
    changes: Sequence[ChangeShown]


def tiles(asked: ApplicationFilter, totals: Totals) -> list[Tile]:
    """The figures of a list, each with the address of its rows; sums by currency."""
    if not totals.rows:
        return []
    declined = ngettext(
        "Of them %(count)s grant declined afterwards.",
        "Of them %(count)s grants declined afterwards.",
        totals.declined,
    ) % {"count": count(totals.declined)}
    return [
        Tile(
            count(totals.rows),
            ngettext("application found", "applications found", totals.rows),
            _rows(asked),
        ),
        Tile(
            count(totals.organisations),
            ngettext("different organisation", "different organisations", totals.organisations),
            f"{reverse('organisations:list')}?{asked.to_query(prefix='filed_')}"
            if asked.values
            else f"{reverse('organisations:list')}?has=applications",
        ),
        Tile(
            count(totals.won),
            _("won"),
            _won_rows(asked),
            declined if totals.declined else "",
        ),
        *(
            tile
            for one in totals.money
            for tile in _sums(asked, one, is_alone=len(totals.money) == 1)
        ),
    ]


def cells_shown(versions: Sequence[Version], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Every filled cell of the newest version: its label and text, in the order of the table."""
    if not versions:
        return []
    cells = versions[0].cells
    known = [field for field in names if field in cells]
    others = sorted(field for field in cells if field not in names)
    return [(_label(field, names), cut(cells[field], LONGEST_CELL)) for field in [*known, *others]]


def versions_shown(versions: Sequence[Version], names: Mapping[str, str]) -> list[VersionShown]:
    """The newest versions with their changes."""
    return [
        VersionShown(
            version,
            [
                ChangeShown(
                    _label(change.field, names),
                    cut(change.before, LONGEST_CHANGE),
                    cut(change.after, LONGEST_CHANGE),
                )
                for change in version.changes
            ],
        )
        for version in versions[:MOST_VERSIONS]
    ]


def cut(text: str, longest: int) -> str:
    """Shorten a text and say how long it is."""
    if len(text) <= longest:
        return text
    return _("%(beginning)s… (%(count)s characters in all)") % {
        "beginning": text[:longest].rstrip(),
        "count": count(len(text)),
    }


def _label(field: str, names: Mapping[str, str]) -> str:
    """A field's name; a column that is no field of ours is called as in the file."""
    return cut(names.get(field, field.removeprefix("+")), LONGEST_CHANGE)


def _rows(asked: ApplicationFilter) -> str:
    query = asked.to_query()
    return reverse("applications:list") + (f"?{query}" if query else "")


def _won_rows(asked: ApplicationFilter) -> str:
    """The address of the won among these rows; none where there can be none."""
    if asked.outcome in ("won", "declined"):
        return _rows(asked)
    can_be = asked.outcome in ("", "decided", "admitted")
    return _rows(asked.with_(outcome="won")) if can_be else ""


def _sums(asked: ApplicationFilter, one: Money, *, is_alone: bool) -> list[Tile]:
    """Asked and awarded in one currency."""
    rows = asked if is_alone else asked.with_(currency=one.currency)
    return [
        Tile(
            money_short(one.asked_minor, one.currency),
            _("asked for"),
            _rows(rows),
            money(one.asked_minor, one.currency),
        ),
        Tile(
            money_short(one.awarded_minor, one.currency),
            _("awarded"),
            _won_rows(rows),
            money(one.awarded_minor, one.currency),
        ),
    ]
