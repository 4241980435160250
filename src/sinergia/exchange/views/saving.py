"""Saving what a form says, and telling in the form what a rule has against it."""

from collections.abc import Callable

from sinergia.engine.refusal import Refused
from sinergia.exchange.words import explain
from sinergia.organisations.forms.opened import OpenedForm

SHOWN_AS = {"organisation": "body", "forms": "ways"}  # a row's field, the form's


def is_saved(form: OpenedForm, save: Callable[..., object]) -> bool:
    """Save what was typed if it is valid; False where it is not, or a rule says no.

    save: takes what was typed, and `seen`, what the form showed when it was opened.
    """
    if not form.is_valid():
        return False
    try:
        save(form.given(), seen=form.seen() or None)
    except Refused as refusal:
        for gap in refusal.gaps:
            path = SHOWN_AS.get(gap.path, gap.path)
            form.add_error(path if path in form.fields else None, explain(gap))
            if gap.code == "changed_meanwhile" and path in form.fields:
                form.renew(path)
        return False
    return True
