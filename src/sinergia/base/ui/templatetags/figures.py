"""Numbers, sums, dates and shares as a reader expects them in their language."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers, units
from django import template
from django.utils import timezone
from django.utils.translation import get_language

from sinergia.base.ui.parts import Tile
from sinergia.base.ui.zones import zone_said
from sinergia.engine.shown import (
    BLANK,
    amount_of,
    finished,
    locale_of,
    money_shown,
    number_shown,
)

register = template.Library()
NOTHING = "—"


@register.filter
def count(value: int | None) -> str:
    """12480 -> 12 480; none is a dash."""
    if value is None:
        return NOTHING
    return number_shown(value, _language())


@register.filter
def tiles(counted: Iterable[tuple[int, str, str]]) -> list[Tile]:
    """Counts with their words and the addresses of their rows, as the component `figures` asks."""
    return [Tile(count(number), label, url) for number, label, url in counted]


@register.filter
def money(minor: int | None, currency: str) -> str:
    """56684050 kopecks -> 566 840,50 ₽. A whole sum is printed without kopecks."""
    if minor is None:
        return NOTHING
    return money_shown(minor, currency, _language())


@register.filter
def money_short(minor: int | None, currency: str) -> str:
    """32540000000 kopecks -> 325,4 млн ₽. Below a thousand, the whole sum."""
    if minor is None:
        return NOTHING
    amount = amount_of(minor, currency)
    if abs(amount) < 1000:
        return money(minor, currency)
    # Rounded beforehand, or 999 960 becomes "1000 thousand" and not "1 million".
    unit = Decimal(1000) ** (amount.adjusted() // 3) / 10
    rounded = (amount / unit).to_integral_value(ROUND_HALF_EVEN) * unit
    return finished(
        numbers.format_compact_currency(rounded, currency, locale=_locale(), fraction_digits=1)
    )


@register.filter
def percent(share: float | Decimal | None) -> str:
    """0.2354 -> 23,5 %; one digit after the mark at most."""
    if share is None:
        return NOTHING
    pattern = "#,##0.#" + (BLANK if _locale().language == "ru" else "") + "%"
    return finished(numbers.format_percent(share, pattern, locale=_locale()))


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


@register.filter
def duration(value: timedelta) -> str:
    """2 дня 3 часа: its two largest parts, minutes at the least; `clock.js` says it alike."""
    whole = max(int(value.total_seconds()) // 60, 1)
    days, hours, minutes = whole // 1440, whole // 60 % 24, whole % 60
    parts = [("day", days), ("hour", hours)] if days else [("hour", hours), ("minute", minutes)]
    told = [units.format_unit(number, name, locale=_locale()) for name, number in parts if number]
    return " ".join(told).replace(" ", BLANK)


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


def _date(value: date, pattern: str) -> str:
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return dates.format_date(value, pattern, locale=_locale()).replace(" ", BLANK)


def _locale() -> Locale:
    return locale_of(_language())


def _language() -> str:
    return get_language() or "ru"
