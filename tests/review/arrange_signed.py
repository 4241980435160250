"""Signed sheets in one line: what the tests of ratings, the board and the ranking arrange."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from sinergia.engine.rating import rating_of
from sinergia.packs.rules import shipped
from sinergia.packs.rules.schema import Rules
from sinergia.review.actions.rating import recount
from sinergia.review.models import Examination, Expert, Score, Sheet, SheetText
from sinergia.review.queries.standing import weights_of
from tests.arrange import NOON
from tests.arrange_review import a_sheet

RULES = shipped()["regional"]


def with_review(rules: Rules = RULES, **review: object) -> Rules:
    """The same rules with something else said of experts."""
    return rules.model_copy(update={"review": rules.review.model_copy(update=review)})


def counting(counts: str) -> Rules:
    """Rules in which a further sheet counts so."""
    further = RULES.review.further.model_copy(update={"counts": counts})
    return with_review(further=further)


def signed(
    expert: Expert,
    examination: Examination,
    score: int | Mapping[str, int],
    *,
    rules: Rules = RULES,
    opened: timedelta = timedelta(hours=1),
    said: str = "",
    at: datetime = NOON,
) -> Sheet:
    """A sheet that is signed. score: the same on every criterion, or one of each."""
    weights = weights_of(rules, examination.category)
    given = dict.fromkeys(weights, score) if isinstance(score, int) else dict(score)
    marks = {criterion: Decimal(mark) for criterion, mark in given.items()}
    sheet = a_sheet(expert, examination)
    Score.objects.bulk_create(
        Score(sheet=sheet, criterion=criterion, score=mark) for criterion, mark in marks.items()
    )
    if said:
        path = {"path": "strong", "value": said, "version": 1, "by": expert.key, "at": at}
        SheetText.objects.create(sheet=sheet, **path)
    sheet.stage, sheet.opened_at, sheet.signed_at = "signed", at - opened, at
    sheet.rating = rating_of([marks], weights)
    sheet.save()
    examination.refresh_from_db()
    recount(examination, rules, now=at)
    examination.refresh_from_db()
    return sheet
