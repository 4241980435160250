"""What a merge would do, in words."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.base.ui.templatetags.figures import NOTHING, count, day
from sinergia.engine.refusal import Gap
from sinergia.organisations.models import (
    Acquaintance,
    BankAccount,
    Centre,
    Change,
    Claim,
    Head,
    Identifier,
    MergedRow,
    Note,
    Organisation,
    Pair,
    Paper,
    Post,
    Reach,
)
from sinergia.organisations.queries.merging import Plan, Portion
from sinergia.organisations.queries.relations import Relation
from sinergia.organisations.words import explain
from sinergia.organisations.words.rows import row_told

# What an organisation and its centre keep for themselves.
INTERNAL: tuple[type[Model], ...] = (
    Acquaintance,
    BankAccount,
    Change,
    Claim,
    Head,
    Note,
    Paper,
    Post,
    Reach,
)
SHOWN = 20  # rows of a table that are shown at once; how many there are is always said


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


@dataclass(frozen=True)
class PairShown:
    """Two that may be one: why, and whether whoever reads settles it."""

    pair: Pair
    reasons: str
    is_theirs: bool


def pairs_shown(pairs: Iterable[Pair], regions: Collection[int] | None) -> list[PairShown]:
    """Pairs for the staff of a centre that serves `regions`; for administrators (none)."""
    return [
        PairShown(
            pair=pair,
            reasons=", ".join(explain(f"pair_{reason}") for reason in pair.reasons.split()),
            is_theirs=regions is None
            or (pair.first.region_id in regions and pair.second.region_id in regions),
        )
        for pair in pairs
    ]


def faces_shown(one: Organisation, other: Organisation) -> list[tuple[str, str, str]]:
    """Two of which one is another centre's, side by side: what everybody may see."""
    public = [
        (label, ours, theirs)
        for (name, label, ours), (_name, _label, theirs) in zip(
            _properties(one), _properties(other), strict=True
        )
        if name not in ("address", "site")  # each chose whether to show them
    ]
    numbers = [[row for row in side.identifiers.all() if row.is_public] for side in (one, other)]
    return [*public, (_("Numbers"), _numbers(numbers[0]), _numbers(numbers[1]))]


def sides_shown(plan: Plan) -> list[Side]:
    """Both, property by property; blanks of the kept one are filled from the other."""
    sides = [
        Side(label, ours, theirs, theirs if name in plan.filled else ours)
        for (name, label, ours), (_name, _label, theirs) in zip(
            _properties(plan.kept), _properties(plan.gone), strict=True
        )
    ]
    ours, theirs = list(plan.kept.identifiers.all()), list(plan.gone.identifiers.all())
    schemes = {number.scheme for number in ours}
    both = [*ours, *(number for number in theirs if number.scheme not in schemes)]
    return [*sides, Side(_("Numbers"), *(_numbers(some) for some in (ours, theirs, both)))]


def portions_shown(plan: Plan, *, centre: Centre | None) -> list[Table]:
    """Every table with rows of the one that goes.

    centre: at which the reader works. Of what is inside an administrator (none) is told the number
    alone, and everybody of what another centre wrote down for itself.
    """
    return [_table(portion, centre) for portion in plan.portions]


def gaps_said(gaps: Iterable[Gap]) -> list[tuple[str, str]]:
    """Why a merge or a split is refused, as a summary of errors takes it: no field, a sentence."""
    return [
        (
            "",
            explain(
                gap.code,
                named=explain(f"table_{gap.path}"),
                other=explain(f"table_{gap.values.get('beside', '')}"),
                **gap.values,
            ),
        )
        for gap in gaps
    ]


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
    offered: Sequence[tuple[Relation, Sequence[tuple[str, Model]]]], *, centre: Centre | None
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Tables whose rows may be parted: label, name, and each row by its token and in words.

    Of what another centre than the reader's wrote down for itself, a number stands for the words.
    """
    return [
        (
            relation.label,
            explain(f"table_{relation.label}"),
            [
                (token, _row_of_another(place) if _is_of_another(row, centre) else row_told(row))
                for place, (token, row) in enumerate(rows, start=1)
            ],
        )
        for relation, rows in offered
    ]


def _row_of_another(place: int) -> str:
    return _("No. %s: another centre’s own") % place


def _is_of_another(row: Model, centre: Centre | None) -> bool:
    """Whether a row is what a centre keeps for itself, and not the reader's."""
    owner = getattr(row, "centre_id", None) or getattr(
        getattr(row, "contact", None), "centre_id", None
    )
    return owner is not None and (centre is None or owner != centre.pk)


def _table(portion: Portion, centre: Centre | None) -> Table:
    rows = [*portion.clashing, *portion.moving, *portion.aside]
    is_told = centre is not None or portion.relation.model not in INTERNAL
    told = [row for row in rows if is_told and not _is_of_another(row, centre)][:SHOWN]
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
        rows=[row_told(row) for row in told],
        more=len(rows) - len(told),
    )


def _numbers(numbers: Sequence[Identifier]) -> str:
    told = [f"{number.get_scheme_display()} {number.value}" for number in numbers]
    return ", ".join(told) or NOTHING


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
        ("closed_on", _("Date of closing"), day(one.closed_on)),
        ("address", _("Address"), one.address),
        ("site", _("Site"), one.site),
    )
    for name, label, value in pairs:
        yield name, label, value or NOTHING
