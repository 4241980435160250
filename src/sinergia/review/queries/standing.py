"""What the sheets of applications come to, by the rules."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet

from sinergia.engine.rating import rating_of, spread, that_count
from sinergia.packs.rules.schema import Rules
from sinergia.review.models import Examination, Expert, Sheet
from sinergia.review.queries.ranking import Row


@dataclass(frozen=True)
class Standing:
    """signed: sheets that count. preliminary: none without any. spread: of all of them."""

    signed: int = 0
    preliminary: Decimal | None = None
    spread: Decimal = Decimal(0)


class _Signed(NamedTuple):
    rating: Decimal
    scores: dict[str, Decimal]


def weights_of(rules: Rules, category: str) -> dict[str, Decimal]:
    """Weights of what is scored in a category, by criterion."""
    return {one.code: one.weights[category] for one in rules.criteria_of(category)}


def standings(
    rows: Iterable[Examination | Row], rules: Rules, *, without: Expert | None = None
) -> dict[int, Standing]:
    """How applications stand, by primary key; one query. without: as if an expert had no sheet.

    By the rules a further sheet is averaged with the others, or the closest of all are.
    """
    categories = {one.pk: one.category for one in rows}
    sheets = Sheet.objects.filter(examination__in=list(categories), stage=Sheet.Stage.SIGNED)
    if without is not None:
        sheets = sheets.exclude(expert=without)
    signed = _signed(sheets)
    return {pk: _standing(signed[pk], rules, category) for pk, category in categories.items()}


def _signed(sheets: QuerySet[Sheet]) -> dict[int, list[_Signed]]:
    """Sheets with what each gives on each criterion, in their order, by application."""
    told: dict[int, dict[int, _Signed]] = defaultdict(dict)
    names = ("examination", "pk", "rating", "scores__criterion", "scores__score")
    for examination, pk, rating, criterion, score in sheets.order_by("pk").values_list(*names):
        one = told[examination].setdefault(pk, _Signed(rating or Decimal(0), {}))
        if criterion is not None:
            one.scores[criterion] = score
    return defaultdict(list, {pk: list(some.values()) for pk, some in told.items()})


def _standing(sheets: list[_Signed], rules: Rules, category: str) -> Standing:
    if not sheets:
        return Standing()
    ratings = [one.rating for one in sheets]
    review, scoring = rules.review, rules.scoring
    rating = rating_of(
        [
            sheets[place].scores
            for place in that_count(ratings, review.further.counts, review.experts)
        ],
        weights_of(rules, category),
        average=scoring.average,
        decimals=scoring.decimals,
    )
    return Standing(len(sheets), rating, spread(ratings))
