"""What applications come to, counted anew whenever their sheets change."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sinergia.packs.rules.schema import Rules
from sinergia.review.models import Examination, Flag, Sheet
from sinergia.review.queries.hasty import hasty
from sinergia.review.queries.standing import standings


def recount(examination: Examination, rules: Rules, *, now: datetime) -> None:
    """Count an application anew: sheets that count, their spread, the preliminary rating.

    A part of the transaction that changes a sheet and holds the lock of its application. A final
    rating stands as it is. now: when the sheet changed.
    """
    recount_all([examination], rules, now=now)


def recount_all(rows: Sequence[Examination], rules: Rules, *, now: datetime) -> None:
    """The same of several, whose locks the transaction holds. now: when their sheets changed."""
    told = standings(rows, rules)
    for one in rows:
        standing = told[one.pk]
        one.signed, one.spread = standing.signed, standing.spread
        one.preliminary = standing.preliminary
    Examination.objects.bulk_update(rows, ["signed", "spread", "preliminary"])
    sheets = Sheet.objects.filter(examination__in=rows)
    flag(set(sheets.order_by().values_list("expert", flat=True)))


def flag(experts: Iterable[int]) -> None:
    """Mark anew what looks hasty about the sheets of some experts, by primary keys."""
    found = hasty(experts)
    kept = Flag.objects.filter(sheet__expert__in=list(experts)).values_list("pk", "sheet", "kind")
    had = {(sheet, kind): pk for pk, sheet, kind in kept}
    gone = [pk for pair, pk in had.items() if pair not in found]
    if gone:
        Flag.objects.filter(pk__in=gone).delete()
    new = sorted((sheet, str(kind)) for sheet, kind in found if (sheet, kind) not in had)
    Flag.objects.bulk_create(Flag(sheet_id=sheet, kind=kind) for sheet, kind in new)
