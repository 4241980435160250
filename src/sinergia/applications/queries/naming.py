"""What a filter asks, in words: for fields, chips and the lists of other floors."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Manager, Value
from django.db.models.functions import Coalesce
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from sinergia.applications.queries.filters import NONE, SIZES, ApplicationFilter
from sinergia.base.ui.templatetags.figures import count
from sinergia.calls.models import Call, Direction, Fund, Outcome
from sinergia.organisations.models import Organisation
from sinergia.places.models import Municipality, Region, Theme

LABELS = {
    "q": gettext_lazy("Words"),
    "region": gettext_lazy("Region as filed"),
    "municipality": gettext_lazy("Municipality"),
    "fund": gettext_lazy("Fund"),
    "call": gettext_lazy("Contest"),
    "year": gettext_lazy("Year of the contest"),
    "direction": gettext_lazy("Direction of grants"),
    "theme": gettext_lazy("Theme"),
    "size": gettext_lazy("Sum asked"),
    "outcome": gettext_lazy("Outcome"),
    "winner": gettext_lazy("Winners"),
    "currency": gettext_lazy("Currency"),
    "organisation": gettext_lazy("Organisation"),
    "awaiting": gettext_lazy("Awaits a person"),
    "grown": gettext_lazy("Grew from a practice or a visit"),
}
OUTCOME_NAMES = {
    "won": Outcome.WON.label,
    "declined": Outcome.DECLINED.label,
    "lost": Outcome.LOST.label,
    "pending": Outcome.PENDING.label,
    "not_admitted": Outcome.NOT_ADMITTED.label,
    "withdrawn": Outcome.WITHDRAWN.label,
    "unknown": Outcome.UNKNOWN.label,
    "admitted": gettext_lazy("Admitted to the contest"),
    "decided": gettext_lazy("Decided: won or not supported"),
}
WINNER_NAMES = {
    "new": gettext_lazy("won for the first time"),
    "repeated": gettext_lazy("had won in an earlier year"),
    "several": gettext_lazy("won more than once"),
}
_NAMED: dict[str, tuple[Manager[Any], str, str, str]] = {
    "region": (Region.objects, "code", "name_ru", "name_en"),
    "fund": (Fund.objects, "code", "name_ru", "name_en"),
    "municipality": (Municipality.objects, "key", "name_ru", "name_en"),
    "theme": (Theme.objects, "key", "name_ru", "name_en"),
    "direction": (Direction.objects, "key", "name", "name"),
    "call": (Call.objects, "key", "name", "name"),
    "organisation": (Organisation.objects, "key", "name", "name"),
}


def size_name(size: str) -> str:
    """How a size of grant is said: bounds in whole units, the upper one inside."""
    bounds = list(SIZES.values())
    place = list(SIZES).index(size)
    upper, lower = bounds[place], bounds[place - 1] if place else None
    if lower is None:
        return _("up to %(upper)s") % {"upper": count(upper)}
    if upper is None:
        return _("over %(lower)s") % {"lower": count(lower)}
    return _("over %(lower)s, up to %(upper)s") % {"lower": count(lower), "upper": count(upper)}


def said_of(asked: ApplicationFilter) -> dict[str, str]:
    """Each thing that is asked, as «Label: value» in the reader's language. One query at most."""
    names = _names(asked)
    return {
        name: str(LABELS[name])
        if name in ("awaiting", "grown")
        else f"{LABELS[name]}: {_said(name, value, names)}"
        for name, value in asked.values.items()
    }


def _said(name: str, value: str, names: Mapping[str, str]) -> str:
    if value == NONE:
        return _("not known") if name in ("organisation", "year", "region") else _("not given")
    if name == "outcome":
        return str(OUTCOME_NAMES[value])
    if name == "winner":
        return str(WINNER_NAMES[value])
    if name == "size":
        return size_name(value)
    return names.get(name) or _("unknown") if name in _NAMED else value


def _names(asked: ApplicationFilter) -> dict[str, str]:
    """What codes and keys are called; those of nothing have no name."""
    parts = []
    for role, (rows, column, russian, english) in _NAMED.items():
        value = getattr(asked, role)
        if not value or value == NONE:
            continue
        wanted = UUID(value) if column == "key" else value
        found = rows.filter(**{column: wanted}).order_by()
        named = found.annotate(
            role=Value(role), ru=Coalesce(russian, Value("")), en=Coalesce(english, Value(""))
        )
        parts.append(named.values_list("role", "ru", "en"))
    if not parts:
        return {}
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    is_english = get_language() == "en"
    return {role: (en or ru) if is_english else ru for role, ru, en in rows}
