"""What an expert wrote in a sheet, and what of a list is asked, in words."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from sinergia.applications.words.board import day_said
from sinergia.engine.shown import decimal_shown
from sinergia.packs.rules.schema import Rules
from sinergia.review.models import Sheet
from sinergia.review.queries.listing import SheetFilter
from sinergia.review.words.course import NOTHING


def chips_said(asked: SheetFilter) -> list[tuple[str, str]]:
    """What is asked beside the fields of the filter: its name and its words."""
    told = []
    if asked.day:
        told.append(("day", _("Signed on %(day)s") % {"day": day_said(asked.day)}))
    if asked.until:
        told.append(("until", _("Signed before %(day)s") % {"day": day_said(asked.until)}))
    if asked.application:
        told.append(("application", _("One application")))
    return told


def written_said(
    rules: Rules,
    sheet: Sheet,
    scores: Mapping[str, str],
    texts: Mapping[str, str],
    language: str,
) -> list[tuple[str, str, str, str]]:
    """Criteria of the category: name, weight, score, comment."""
    category = sheet.examination.category
    return [
        (
            one.name.told(language),
            decimal_shown(one.weights[category], language),
            decimal_shown(Decimal(scores[one.code]), language) if one.code in scores else NOTHING,
            texts.get(f"comments/{one.code}", ""),
        )
        for one in rules.criteria_of(category)
    ]
