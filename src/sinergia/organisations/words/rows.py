"""A row of any table that knows an organisation, in a few words."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Model

from sinergia.base.ui.templatetags.figures import day
from sinergia.organisations.models import Change
from sinergia.organisations.words import explain
from sinergia.organisations.words.loads import Values

LONGEST = 200  # characters
# By table, what a row is known by, in order: a field, a field of what it names, or a code in braces
# that has a sentence. A table that is not here is told by those of _ANY that it has.
_KNOWN_BY: Mapping[str, tuple[str, ...]] = {
    "organisations.acquaintance": ("centre.organisation.name", "met_on"),
    "organisations.bankaccount": ("number", "bank"),
    "organisations.card": ("about", "changed_at"),
    "organisations.centre": ("organisation.name",),
    "organisations.change": ("field_{field}", "before", "after", "at"),
    "organisations.claim": ("person.name", "role", "raised_at"),
    "organisations.formerkey": (),
    "organisations.formername": ("name", "until"),
    "organisations.head": ("name", "post", "until"),
    "organisations.identifier": ("scheme", "value"),
    "organisations.membership": ("person.name", "role", "post"),
    "organisations.merge": ("actor.name", "at"),
    "organisations.note": ("text", "author.name", "made_at"),
    "organisations.organisationfield": ("field.name",),
    "organisations.organisationplace": ("municipality.name",),
    "organisations.organisationtheme": ("theme.name",),
    "organisations.pair": ("first.name", "second.name"),
    "organisations.paper": ("kind", "title", "number", "ends_on"),
    "organisations.post": ("contact.name", "title"),
    "organisations.question": ("{code}", "source.name", "raised_at"),
    "organisations.reach": ("kind", "value", "note"),
    "organisations.sourcerecord": ("source.name", "loaded_at"),
    "organisations.standing": ("code", "since"),
    "organisations.succession": ("kind", "predecessor.name", "successor.name", "on"),
    # Whom a centre helped with what is its own: a merge tells the day alone.
    "support.client": ("kind", "made_at"),
    "support.consultation": ("held_on", "channel"),
    "support.request": ("stage", "asked_at"),
    "support.enrolment": ("training.name", "enrolled_at"),  # who it is, its centre alone sees
}
_ANY = ("number", "title", "name", "text", "idea", "practice.title", "agreement.number")


def row_told(row: Model) -> str:
    """A row in a few words; the name of its table where it has none of its own."""
    label = row._meta.label_lower  # noqa: SLF001  # public in Django
    words = [_said(row, path) for path in _KNOWN_BY.get(label, _ANY)]
    return " · ".join(filter(None, words))[:LONGEST] or explain(f"table_{label}")


def _said(row: Model, path: str) -> str:
    if "{" in path:
        return explain(path.format(**vars(row)))
    *steps, name = path.split(".")
    of: object = row
    for step in steps:
        of = getattr(of, step, None)
    value = getattr(of, name, None)
    if isinstance(row, Change) and name in ("before", "after"):
        return Values().said(row.field, str(value)) if value else ""
    if isinstance(value, date):
        return day(value)
    shown = getattr(of, f"get_{name}_display", None)
    return str(shown() if shown is not None else value or "")
