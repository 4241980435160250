"""What a line of history says of a row: a head, a way to reach, an account, a paper, the card."""

import json
from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.templatetags.figures import day
from sinergia.organisations.models import Paper, Reach

TABLES = ("card", "head", "reach", "bankaccount", "paper")
KINDS: Mapping[str, str | Promise] = {**dict(Reach.Kind.choices), **dict(Paper.Kind.choices)}
DAYS: Mapping[str, Promise] = {
    "since": _("term of office from %s"),
    "until": _("term of office to %s"),
    "issued_on": _("dated %s"),
    "ends_on": _("holds until %s"),
}
MARKS: Mapping[str, Promise] = {  # a column that stands there only where it is chosen
    "is_main": _("the main one"),
    "is_public": _("may be shown to everybody"),
    "shows_address": _("the address is shown to everybody"),
    "shows_site": _("the site is shown to everybody"),
    "shows_heads": _("the heads are shown to everybody"),
}
COLUMNS: Mapping[str, Promise] = {  # as the forms call what is said to be written anew
    "about": _("Words about itself"),
    "name": _("Surname, name, patronymic"),
    "post": _("Post"),
    "value": _("Number, address or link"),
    "note": _("What for"),
    "number": _("Number"),
    "correspondent": _("Correspondent account"),
    "bank": _("Bank"),
    "title": _("What it is about"),
    "file_id": _("Scan or file"),
}


def line_said(kept: str) -> str:
    """One side of a line, as `actions.history` keeps it."""
    parts = [_part(name, value) for name, value in json.loads(kept).items()]
    return " · ".join(parts) or gettext("written down")


def _part(name: str, value: str) -> str:
    if name == "anew":
        columns = [str(COLUMNS.get(one, one)).lower() for one in value.split(",")]
        return gettext("written anew: %s") % ", ".join(columns)
    if name == "kind":
        return str(KINDS.get(value, value))
    if name == "bik":
        return gettext("BIK %s") % value
    if name in DAYS:
        return str(DAYS[name]) % day(date.fromisoformat(value))
    return str(MARKS.get(name, value))
