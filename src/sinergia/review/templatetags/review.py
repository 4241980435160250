"""What templates of review choose by."""

from collections.abc import Mapping
from decimal import Decimal

from django import template

from sinergia.review.models import ResultLetter
from sinergia.review.words.course import rating_said

register = template.Library()


@register.filter
def at(values: Mapping[object, object], key: object) -> object:
    """What stands at a key; "" for nothing."""
    return values.get(key, "")


@register.filter
def reading(state: str) -> str:
    """How a letter reaches its reader, by the code of it."""
    return str(ResultLetter.State(state).label)


@register.filter
def rating(value: Decimal | str) -> str:
    """72.5000 -> 72,50, or 72.50 in English; "" for a dash."""
    return rating_said(Decimal(value) if value != "" else None)
