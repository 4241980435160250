"""Numbers, sums, dates and shares as a reader expects them in their language."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers
from django import template
from django.utils import timezone
from django.utils.translation import get_language

from sinergia.base.ui.parts import Tile
from sinergia.base.ui.zones import zone_said

register = template.Library()
NOTHING = "—"
BLANK = "\u00a0"  # does not break: a number never parts from its unit


@register.filter
def count(value: int | None) -> str:
    """12480 -> 12 480; none is a dash."""
    if value is None:
        return NOTHING
    return _finish(numbers.format_decimal(value, locale=_locale()))


@register.filter
def tiles(counted: Iterable[tuple[int, str, str]]) -> list[Tile]:
    """Counts with their words and the addresses of their rows, as the component `figures` asks."""
    return [Tile(count(number), label, url) for number, label, url in counted]


@register.filter
def money(minor: int | None, currency: str) -> str:
    """56684050 kopecks -> 566 840,50 ₽. A whole sum is printed without kopecks."""
    if minor is None:
        return NOTHING
    amount, locale = _amount(minor, currency), _locale()
    if amount != amount.to_integral_value():
        return _finish(numbers.format_currency(amount, currency, locale=locale))
    pattern = locale.currency_formats["standard"].pattern.replace(".00", "")
    return _finish(
        numbers.format_currency(amount, currency, pattern, locale=locale, currency_digits=False)
    )


@register.filter
def money_short(minor: int | None, currency: str) -> str:
    """32540000000 kopecks -> 325,4 млн ₽. Below a thousand, the whole sum."""
    if minor is None:
        return NOTHING
    amount = _amount(minor, currency)
    if abs(amount) < 1000:
        return money(minor, currency)
    # Rounded beforehand, or 999 960 becomes "1000 thousand" and not "1 million".
    unit = Decimal(1000) ** (amount.adjusted() // 3) / 10
    rounded = (amount / unit).to_integral_value(ROUND_HALF_EVEN) * unit
    return _finish(
        numbers.format_compact_currency(rounded, currency, locale=_locale(), fraction_digits=1)
    )


@register.filter
def percent(share: float | Decimal | None) -> str:
    """0.2354 -> 23,5 %; one digit after the mark at most."""
    if share is None:
        return NOTHING
    pattern = "#,##0.#" + (BLANK if _locale().language == "ru" else "") + "%"
    return _finish(numbers.format_percent(share, pattern, locale=_locale()))


@register.filter
def day(value: date | None) -> str:
    """30 ноября 2026. Of a moment, the date in the current zone."""
    return NOTHING if value is None else _date(value, "d MMMM y")


@register.filter
def day_short(value: date | None) -> str:
    """30.11.2026, for columns."""
    pattern = "dd.MM.y" if _locale().language == "ru" else "d MMM y"
    return NOTHING if value is None else _date(value, pattern)


@register.filter
def moment(value: datetime | None) -> str:
    """30 ноября 2026, 18:00, in the current zone."""
    if value is None:
        return NOTHING
    local = timezone.localtime(value)
    time = dates.format_datetime(local, "HH:mm", locale=_locale())
    return f"{_date(local, 'd MMMM y')}, {time}"


@register.simple_tag
def zone() -> str:
    """Екатеринбург, UTC+5: in which zone the moments of a page are shown."""
    return zone_said(timezone.get_current_timezone(), timezone.now())


@register.filter
def zone_name(name: str) -> str:
    """The same of a zone that a row names."""
    return zone_said(ZoneInfo(name), timezone.now())


@register.filter
def width(share: float | Decimal | None) -> str:
    """0.4725 -> 47.25%, for an SVG attribute: no language in it, and never outside 0 to 100."""
    return f"{min(max(float(share or 0), 0.0), 1.0) * 100:.2f}%"


def _amount(minor: int, currency: str) -> Decimal:
    return Decimal(minor).scaleb(-numbers.get_currency_precision(currency))


def _date(value: date, pattern: str) -> str:
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return dates.format_date(value, pattern, locale=_locale()).replace(" ", BLANK)


def _locale() -> Locale:
    return Locale.parse("en_GB" if (get_language() or "ru").startswith("en") else "ru_RU")


def _finish(text: str) -> str:
    """A true minus, and a blank between a currency's letters and the sum."""
    return re.sub(r"(?<=[A-Z]{3})(?=\d)", BLANK, text.replace("-", "−"))
