"""What a line of history says of a row: a head, a way to reach, an account, a paper, the card."""

import json
from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from sinergia.base.ui.templatetags.figures import day
from sinergia.organisations.models import Paper, Reach

TABLES = ("card", "head", "reach", "bankaccount", "paper")
KINDS: Mapping[str, str | Promise] = {**dict(Reach.Kind.choices), **dict(Paper.Kind.choices)}
DAYS: Mapping[str, Promise] = {
    "since": _lazy("term of office from %s"),
    "until": _lazy("term of office to %s"),
    "issued_on": _lazy("dated %s"),
    "ends_on": _lazy("holds until %s"),
}
MARKS: Mapping[str, Promise] = {  # a column that stands there only where it is chosen
    "is_main": _lazy("the main one"),
    "is_public": _lazy("may be shown to everybody"),
    "shows_address": _lazy("the address is shown to everybody"),
    "shows_site": _lazy("the site is shown to everybody"),
    "shows_heads": _lazy("the heads are shown to everybody"),
}
COLUMNS: Mapping[str, Promise] = {  # as the forms call what is said to be written anew
    "about": _lazy("About the organisation"),
    "name": _lazy("Surname, name, patronymic"),
    "post": _lazy("Post"),
    "value": _lazy("Number, address or link"),
    "note": _lazy("What for"),
    "number": _lazy("Number"),
    "correspondent": _lazy("Correspondent account"),
    "bank": _lazy("Bank"),
    "title": _lazy("What it is about"),
    "file_id": _lazy("Scan or file"),
}


def line_said(kept: str) -> str:
    """One side of a line, as `actions.history` keeps it."""
    parts = [_part(name, value) for name, value in json.loads(kept).items()]
    return " · ".join(parts) or _("written down")


def _part(name: str, value: str) -> str:
    if name == "anew":
        columns = [str(COLUMNS.get(one, one)).lower() for one in value.split(",")]
        return _("written anew: %s") % ", ".join(columns)
    if name == "kind":
        return str(KINDS.get(value, value))
    if name == "bik":
        return _("BIK %s") % value
    if name in DAYS:
        return str(DAYS[name]) % day(date.fromisoformat(value))
    return str(MARKS.get(name, value))
