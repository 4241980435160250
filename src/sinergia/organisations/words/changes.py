"""Values of an organisation's fields as its history keeps them, in the reader's words."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sinergia.base.ui.templatetags.figures import NOTHING, day
from sinergia.organisations.models import Organisation

_CHOICES: Mapping[str, Mapping[str, str | Promise]] = {
    "status": dict(Organisation.Status.choices),
    "kind": dict(Organisation.Kind.choices),
}
_DAYS = frozenset({"registered_on", "closed_on"})


def value_said(field: str, value: str) -> str:
    """A value as it is shown; a dash where there is none."""
    if not value:
        return NOTHING
    if field in _CHOICES:
        return str(_CHOICES[field].get(value, value))
    if field in _DAYS:
        return day(date.fromisoformat(value))
    if field == "is_public":
        return _("yes") if value == str(True) else _("no")
    return value
