"""What the sheets of an application come to: counted anew whenever one is signed or set aside."""

from datetime import datetime
from decimal import Decimal

from sinergia.engine.rating import rating_of, spread
from sinergia.packs.rules.schema import Rules
from sinergia.review.models import Examination, Score, Sheet


def recount(examination: Examination, rules: Rules, *, now: datetime) -> None:
    """Count the rating by the rules. Part of an action that holds the application's lock."""
    signed = examination.sheets.filter(stage=Sheet.Stage.SIGNED).order_by("pk")
    ratings = [rating for rating in signed.values_list("rating", flat=True) if rating is not None]
    sheets: dict[int, dict[str, Decimal]] = {}
    rows = Score.objects.filter(sheet__in=signed.order_by().values("pk"))
    for sheet, criterion, score in rows.values_list("sheet", "criterion", "score"):
        sheets.setdefault(sheet, {})[criterion] = score
    category, scoring = examination.category, rules.scoring
    weights = {one.code: one.weights[category] for one in rules.criteria_of(category)}
    examination.signed = len(ratings)
    examination.spread = spread(ratings)
    examination.preliminary = rating_of(
        list(sheets.values()), weights, average=scoring.average, decimals=scoring.decimals
    )
    examination.save(update_fields=["signed", "spread", "preliminary"])
