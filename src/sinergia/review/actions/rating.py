"""What the sheets of an application come to, counted anew whenever one of them changes."""

from datetime import datetime
from decimal import Decimal

from sinergia.engine.rating import rating_of, spread
from sinergia.packs.rules.schema import Rules
from sinergia.review.models import Examination, Sheet


def recount(examination: Examination, rules: Rules, *, now: datetime) -> None:
    """Count the signed sheets that stand, their rating and their spread; part of a transaction."""
    rows = examination.sheets.filter(stage=Sheet.Stage.SIGNED).prefetch_related("scores")
    unfounded = examination.rulings.filter(sheet__isnull=False, ended_at=None).values("sheet")
    sheets = list(rows.exclude(pk__in=unfounded).order_by("pk"))
    category = examination.category
    weights = {one.code: one.weights[category] for one in rules.criteria_of(category)}
    scores: list[dict[str, Decimal]] = [
        {score.criterion: score.score for score in sheet.scores.all()} for sheet in sheets
    ]
    scoring = rules.scoring
    examination.signed = len(sheets)
    examination.preliminary = rating_of(
        scores, weights, average=scoring.average, decimals=scoring.decimals
    )
    examination.spread = spread([one.rating for one in sheets if one.rating is not None])
    examination.save(update_fields=["signed", "preliminary", "spread"])
