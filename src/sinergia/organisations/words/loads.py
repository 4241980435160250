"""What pages of loads and questions say of sources, fields and values."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from sinergia.base.tables.words import Said, Wording
from sinergia.base.ui.templatetags.figures import count, day
from sinergia.organisations.actions.loads.filing import DATES
from sinergia.organisations.actions.loads.rows import RegisterRow
from sinergia.organisations.actions.loads.words import OTHER_PLACES, forms_by_code
from sinergia.organisations.models import LegalForm, Organisation
from sinergia.organisations.queries.naming import FIELD_NAMES
from sinergia.organisations.queries.sources import SourceAge
from sinergia.organisations.words import explain
from sinergia.organisations.words.lines import TABLES, line_said
from sinergia.places.models import Municipality, Region
from sinergia.places.queries import municipalities_by_oktmo, regions_by_code

NAMES_IN_HISTORY = {"kpp": "RU-KPP"}
Named: TypeAlias = Mapping[str, Region | Municipality | LegalForm]
LOOKED_UP: Mapping[str, Callable[[set[str]], Named]] = {
    "region": regions_by_code,
    "municipality": municipalities_by_oktmo,
    "legal_form": forms_by_code,
}
WORDS: Mapping[str, Mapping[str, str | Promise]] = {
    "status": dict(Organisation.Status.choices),
    "kind": dict(Organisation.Kind.choices),
    "is_public": {"True": _lazy("yes"), "False": _lazy("no")},
}


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
    """Values of fields in the reader's words; codes of places and forms are looked up at once."""

    def __init__(self, told: Iterable[tuple[str, str]] = ()) -> None:
        by_field: dict[str, set[str]] = defaultdict(set)
        for name, value in told:
            by_field[name].add(value)
        self._named: dict[str, Named] = {
            name: look_up(by_field[name] - {""})
            for name, look_up in LOOKED_UP.items()
            if by_field[name] - {""}
        }

    def said(self, field: str, value: str) -> str:
        """A value as it is shown; a dash where there is none."""
        if not value:
            return "—"
        if field in TABLES:
            return line_said(value)
        named = self._named.get(field, {})
        if value in named:
            return named[value].name
        if field in WORDS:
            return str(WORDS[field].get(value, value))
        if field == OTHER_PLACES:
            words = ngettext("and %s more different one", "and %s more different ones", int(value))
            return words % count(int(value))
        return _day_said(value) if field in DATES else value


def said_values(told: Iterable[tuple[str, str]]) -> Said:
    """The words of values, as the pages of loads ask for them."""
    return Values(told).said


def _day_said(value: str) -> str:
    """A date as it is written by people; what is none stands as it was written."""
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value


WORDING = Wording(_lazy("Organisation"), explain, FIELD_NAMES, said_values)


def places_beside(*, is_administrator: bool) -> list[tuple[str, str, bool]]:
    """Pages that lie beside the register's loads; an administrator's way to those of funds."""
    funds = [(_("Files of funds"), reverse("applications:loads"), False)]
    return [
        *(funds if is_administrator else []),
        (_("Files of the register"), reverse("register:loads"), True),
        (_("Questions of loads"), reverse("register:questions"), False),
        (_("Fields of work"), reverse("register:fields"), False),
        (_("Doubles"), reverse("register:doubles"), False),
    ]


def texts_said(row: RegisterRow) -> list[tuple[str, str]]:
    """A row as it was read: what each column is called, and what stood there."""
    known: Sequence[str] = [*FIELD_NAMES]
    texts: Mapping[str, str] = row.texts
    ordered = [name for name in known if name in texts]
    ordered += [name for name in texts if name not in FIELD_NAMES]
    return [
        (_label(name), _day_said(texts[name]) if name in DATES else texts[name]) for name in ordered
    ]


def _label(name: str) -> str:
    if name.startswith("+"):
        return _("%s as written") % FIELD_NAMES[name.removeprefix("+")]
    return str(FIELD_NAMES[name])
