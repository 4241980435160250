"""What pages of loads and questions say of sources, fields and values."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.organisations.actions.loads.rows import RegisterRow
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.naming import FIELD_NAMES
from sinergia.organisations.queries.sources import SourceAge
from sinergia.organisations.words import explain
from sinergia.places.queries import municipalities_by_oktmo, regions_by_code

NAMES_IN_HISTORY = {"kpp": "RU-KPP"}


def age_said(age: SourceAge) -> str:
    """How long ago a source spoke."""
    if not age.days:
        return _("loaded today")
    words = ngettext("loaded %(days)s day ago", "loaded %(days)s days ago", age.days)
    return words % {"days": age.days}


def ages_said(ages: Iterable[SourceAge]) -> list[tuple[SourceAge, str]]:
    """Sources with how long ago each spoke."""
    return [(age, age_said(age)) for age in ages]


def sources_to_choose(ages: Iterable[SourceAge]) -> list[tuple[str, str]]:
    """Sources for a form: code, and name with its age."""
    return [(age.source.code, f"{age.source.name} — {age_said(age)}") for age in ages]


def field_said(field: str) -> str:
    """What a field of an organisation is called."""
    return explain(f"field_{NAMES_IN_HISTORY.get(field, field)}")


class Values:
    """Values of fields in the reader's words; codes of places are looked up at once."""

    def __init__(self, told: Iterable[tuple[str, str]]) -> None:
        pairs = list(told)
        self._regions = regions_by_code(value for name, value in pairs if name == "region")
        towns = {value for name, value in pairs if name == "municipality"}
        self._towns = municipalities_by_oktmo(towns)

    def said(self, field: str, value: str) -> str:
        """A value as it is shown; a dash where there is none."""
        if not value:
            return "—"
        if field == "region" and value in self._regions:
            return self._regions[value].name
        if field == "municipality" and value in self._towns:
            return self._towns[value].name
        if field == "status":
            return str(dict(Organisation.Status.choices).get(value, value))
        return value


def texts_said(row: RegisterRow) -> list[tuple[str, str]]:
    """A row as it was read: what each column is called, and what stood there."""
    known: Sequence[str] = [*FIELD_NAMES]
    texts: Mapping[str, str] = row.texts
    ordered = [name for name in known if name in texts]
    ordered += [name for name in texts if name not in FIELD_NAMES]
    return [(_label(name), texts[name]) for name in ordered]


def _label(name: str) -> str:
    if name.startswith("+"):
        return _("%s as written") % FIELD_NAMES[name.removeprefix("+")]
    return str(FIELD_NAMES[name])
