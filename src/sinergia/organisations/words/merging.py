"""What a merge would do, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.base.ui.templatetags.figures import count, day
from sinergia.organisations.models import MergedRow, Organisation
from sinergia.organisations.queries.merging import Plan, Portion, Relation
from sinergia.organisations.words import explain

SHOWN = 20  # rows of a table that are shown at once; how many there are is always said
# By the first of these that a row has, somebody knows it.
_TOLD = ("number", "title", "name", "scheme", "kind", "text", "value", "field", "key")


@dataclass(frozen=True)
class Side:
    """One property of both, and what it will be."""

    label: str
    kept: str
    gone: str
    result: str


@dataclass(frozen=True)
class Table:
    """Rows of one table in a merge: its name in words, and the rows by what becomes of them."""

    name: str
    moving: str
    aside: str
    clashing: str
    rows: list[str]
    more: int  # not shown


def reasons_said(reasons: str) -> str:
    """Why two may be one, in words."""
    return ", ".join(explain(f"pair_{reason}") for reason in reasons.split())


def sides_shown(kept: Organisation, gone: Organisation, filled: Mapping[str, object]) -> list[Side]:
    """Both, property by property; blanks of the kept one are filled from the other."""
    return [
        Side(label, ours, theirs, ours if ours != "—" or name not in filled else theirs)
        for (name, label, ours), (_name, _label, theirs) in zip(
            _properties(kept), _properties(gone), strict=True
        )
    ]


def portions_shown(plan: Plan) -> list[Table]:
    """Every table with rows of the one that goes."""
    return [_table(portion) for portion in plan.portions]


def deeds_shown(deeds: Sequence[tuple[str, str, int]]) -> list[tuple[str, str, str]]:
    """Table, deed and number of rows, in words."""
    words = {
        MergedRow.Deed.MOVED: _("moved here"),
        MergedRow.Deed.ASIDE: _("set aside: the kept one has the same"),
        MergedRow.Deed.MADE: _("made, so that the old address and name are found"),
        MergedRow.Deed.FILLED: _("filled in where it was blank"),
    }
    return [
        (explain(f"table_{table}"), words[MergedRow.Deed(deed)], count(number))
        for table, deed, number in deeds
    ]


def parts_shown(
    offered: Sequence[tuple[Relation, Sequence[tuple[str, Model]]]],
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Tables whose rows may be parted: label, name, and each row by its token and in words."""
    return [
        (
            relation.label,
            explain(f"table_{relation.label}"),
            [(token, row_told(row)) for token, row in rows],
        )
        for relation, rows in offered
    ]


def _table(portion: Portion) -> Table:
    rows = [*portion.clashing, *portion.moving, *portion.aside]
    moving, aside, clashing = len(portion.moving), len(portion.aside), len(portion.clashing)
    return Table(
        name=explain(f"table_{portion.relation.label}"),
        moving=ngettext("%s row moves", "%s rows move", moving) % moving if moving else "",
        aside=ngettext("%s is set aside", "%s are set aside", aside) % aside if aside else "",
        clashing=(
            ngettext("%s stands in the way", "%s stand in the way", clashing) % clashing
            if clashing
            else ""
        ),
        rows=[row_told(row) for row in rows[:SHOWN]],
        more=max(0, len(rows) - SHOWN),
    )


def row_told(row: Model) -> str:
    """A row in a few words, whatever table it is of."""
    given = [_shown(row, name) for name in _TOLD]
    person = getattr(row, "person", None)
    words = [str(value) for value in given if value][:2]
    return " · ".join([str(person.name), *words] if person is not None else words)[:200]


def _shown(row: Model, name: str) -> object:
    """A value; one that was chosen from a list as the list calls it."""
    in_words = getattr(row, f"get_{name}_display", None)
    return in_words() if in_words else getattr(row, name, "")


def _numbers(one: Organisation) -> str:
    return ", ".join(f"{row.get_scheme_display()} {row.value}" for row in one.identifiers.all())


def _properties(one: Organisation) -> Iterator[tuple[str, str, str]]:
    """Name, label and value of what is compared."""
    pairs = (
        ("name", _("Full name"), one.name),
        ("short_name", _("Short name"), one.short_name),
        ("kind", _("Kind"), one.get_kind_display()),
        ("status", _("Status"), one.get_status_display()),
        ("region", _("Region"), one.region.name if one.region else ""),
        ("municipality", _("Municipality"), one.municipality.name if one.municipality else ""),
        ("legal_form", _("Legal form"), one.legal_form.name if one.legal_form else ""),
        ("registered_on", _("Date of registration"), day(one.registered_on)),
        ("address", _("Address"), one.address),
        ("site", _("Site"), one.site),
        ("numbers", _("Numbers"), _numbers(one)),
    )
    for name, label, value in pairs:
        yield name, str(label), value or "—"
