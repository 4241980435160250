"""Time zones by their cities, in the reader's language."""

from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergia.engine.shown import locale_of
from sinergia.engine.text import fold

Named = tuple[str, str]  # a zone and what is said of it
# Babel's numbers of parts of the world, in the order shown; what is left are islands and the poles.
PARTS = {"Europe": "150", "Asia": "142", "Africa": "002", "America": "019"} | dict.fromkeys(
    ("Australia", "Pacific"), "009"
)


def zone_choices(now: datetime, *, known: str = "") -> list[Named | tuple[str, list[Named]]]:
    """Zones for a select: those of Russia from west to east, then the others by part of the world.

    known: one that has to be there whatever it is; of the others, old names are left out.
    """
    groups = _groups(get_language() or "ru", now.date())
    listed = {zone for _part, zones in groups for zone, _said in zones}
    strange = [] if not known or known in listed else [(known, zone_said(ZoneInfo(known), now))]
    return [*strange, *groups]


def zone_said(zone: tzinfo, now: datetime) -> str:
    """Екатеринбург, UTC+5: a zone by its city, and how far its clock is from the world's."""
    offset = f"{now.astimezone(zone):%z}"  # +0530
    sign = "−" if offset.startswith("-") else "+"
    minutes = "" if offset.endswith("00") else f":{offset[3:]}"
    return f"{_city(zone, locale_of(get_language() or 'ru'))}, UTC{sign}{int(offset[1:3])}{minutes}"


@lru_cache(maxsize=4)
def _groups(language: str, on: date) -> list[tuple[str, list[Named]]]:
    """Every zone of today's world, told as it is at noon of a day."""
    now = datetime.combine(on, time(12), tzinfo=ZoneInfo("UTC"))
    world, locale = available_timezones(), locale_of(language)
    russia = str(locale.territories["RU"])
    names = [russia, *(str(locale.territories[code]) for code in PARTS.values()), _("Elsewhere")]
    found: dict[str, list[Named]] = {name: [] for name in names}
    for name, territory in get_global("zone_territories").items():
        part = name.partition("/")[0]
        if name not in world or "/" not in name or part == "Etc":
            continue
        zone, code = ZoneInfo(name), PARTS.get(part, "")
        group = str(locale.territories[code]) if code else _("Elsewhere")
        found[russia if territory == "RU" else group].append((name, zone_said(zone, now)))
    for group, zones in found.items():
        zones.sort(key=lambda named: fold(named[1]))
        if group == russia:
            zones.sort(key=lambda named: ZoneInfo(named[0]).utcoffset(now) or timedelta(0))
    return list(found.items())


def _city(zone: tzinfo, locale: Locale) -> str:
    """The city's name; Babel knows some cities by what their zone was called before."""
    known, key = locale.time_zones, str(zone)
    before = [old for old, new in get_global("zone_aliases").items() if new == key]
    for name in [key, *before]:
        if "city" in known.get(name, {}):
            return str(known[name]["city"])
    return str(get_timezone_location(zone, locale=locale, return_city=True)).rpartition("/")[2]
