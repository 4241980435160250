"""What the sheets of applications come to, by the rules."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sinergia.engine.rating import closest, rating_of, spread
from sinergia.packs.rules.schema import Rules
from sinergia.review.models import Examination, Expert, Score, Sheet


@dataclass(frozen=True)
class Standing:
    """signed: sheets that count. preliminary: none without any. spread: of all of them."""

    signed: int = 0
    preliminary: Decimal | None = None
    spread: Decimal = Decimal(0)


def weights_of(rules: Rules, category: str) -> dict[str, Decimal]:
    """Weights of what is scored in a category, by criterion."""
    return {one.code: one.weights[category] for one in rules.criteria_of(category)}


def standings(
    rows: Iterable[Examination], rules: Rules, *, without: Expert | None = None
) -> dict[int, Standing]:
    """How applications stand, by primary key; two queries. without: as if an expert had no sheet.

    By the rules a further sheet is averaged with the others, or the closest of all are.
    """
    examinations = list(rows)
    sheets = Sheet.objects.filter(examination__in=examinations, stage=Sheet.Stage.SIGNED)
    if without is not None:
        sheets = sheets.exclude(expert=without)
    by_examination: dict[int, list[tuple[int, Decimal]]] = defaultdict(list)
    named = sheets.order_by("pk").values_list("examination", "pk", "rating")
    for examination, sheet, rating in named:
        by_examination[examination].append((sheet, rating or Decimal(0)))
    scores = _scores([pk for some in by_examination.values() for pk, _rating in some])
    return {
        one.pk: _standing(by_examination[one.pk], scores, rules, one.category)
        for one in examinations
    }


def _scores(sheets: Iterable[int]) -> dict[int, dict[str, Decimal]]:
    told: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = Score.objects.filter(sheet__in=list(sheets))
    for sheet, criterion, score in rows.values_list("sheet", "criterion", "score"):
        told[sheet][criterion] = score
    return told


def _standing(
    sheets: list[tuple[int, Decimal]],
    scores: Mapping[int, Mapping[str, Decimal]],
    rules: Rules,
    category: str,
) -> Standing:
    if not sheets:
        return Standing()
    ratings = [rating for _pk, rating in sheets]
    is_all = rules.review.further.counts == "all"
    counted = range(len(sheets)) if is_all else closest(ratings, rules.review.experts)
    scoring = rules.scoring
    rating = rating_of(
        [scores.get(sheets[place][0], {}) for place in counted],
        weights_of(rules, category),
        average=scoring.average,
        decimals=scoring.decimals,
    )
    return Standing(len(sheets), rating, spread(ratings))
