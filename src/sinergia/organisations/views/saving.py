"""Saving what a form says, and telling in the form what a rule has against it."""

from collections.abc import Callable, Mapping
from typing import Protocol

from django import forms

from sinergia.engine.refusal import Refused
from sinergia.organisations.forms.opened import OpenedForm
from sinergia.organisations.words import explain


class GivingForm(Protocol):
    """A form that gives the fields of a row."""

    fields: dict[str, forms.Field]
    is_bound: bool

    def is_valid(self) -> bool:
        """Whether everything typed can be."""
        ...

    def given(self) -> Mapping[str, object]:
        """Clean values by field."""
        ...

    def add_error(self, field: str | None, error: str) -> None:
        """Tell what to mend."""
        ...


def is_saved(form: GivingForm, save: Callable[..., object]) -> bool:
    """Save; False where a rule says no, each gap by its field.

    save: takes what was typed, and `seen` where the form remembers what it showed.
    """
    try:
        if isinstance(form, OpenedForm):
            save(form.given(), seen=form.seen())
        else:
            save(form.given())
    except Refused as refusal:
        for gap in refusal.gaps:
            path = gap.path if gap.path in form.fields else None
            form.add_error(path, explain(gap.code, **gap.values))
            if gap.code == "changed_meanwhile" and isinstance(form, OpenedForm):
                form.renew(gap.path)
        return False
    return True
