"""What changed in a report between two times it was handed in, place by place."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergia.base.drafts.words import Difference
from sinergia.engine.shown import date_shown, money_shown
from sinergia.grants.models import ReportVersion
from sinergia.grants.queries.reports import Written
from sinergia.grants.words.reports import names_in, place_said


def differences(old: ReportVersion, new: ReportVersion, told: Written) -> list[Difference]:
    """Texts, payments and files that differ, in the order of the form."""
    names, currency = names_in(told), told.report.grant.currency
    before, after = _told(old, currency, names), _told(new, currency, names)
    places = list(dict.fromkeys([*before, *after]))
    return [
        Difference(place, before.get(place, ""), after.get(place, ""))
        for place in places
        if before.get(place, "") != after.get(place, "")
    ]


def _told(version: ReportVersion, currency: str, names: Mapping[str, str]) -> dict[str, str]:
    """Everything of a version in words, by what its place is called."""
    values: dict[str, Any] = json.loads(bytes(version.content))["values"]
    language = get_language() or "ru"
    told: dict[str, str] = {}
    for path, text in values["texts"].items():
        _put(told, place_said(path, names) or path, text)
    for one in values["payments"]:
        day = date_shown(date.fromisoformat(one["on"]), language)
        minor = money_shown(one["sum_minor"], currency, language)
        line = names.get(f"lines/{one['line']}", "")
        place = _("Payment: %(name)s") % {"name": f"{one['document']} № {one['number']}".strip()}
        words = [day, one["payee"], minor, line, one["what"]]
        words.append(_("with its document") if one["file"] else _("without its document"))
        _put(told, place, ", ".join(filter(None, words)))
    for one in values["files"]:
        place = place_said(one["path"], names) or _("Files")
        _put(told, _("Files: %(place)s") % {"place": place}, one["name"])
    return told


def _put(told: dict[str, str], place: str, text: str) -> None:
    """Two of one place stand below one another."""
    told[place] = f"{told[place]}\n{text}" if place in told else text
