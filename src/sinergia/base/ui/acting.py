"""A form is acted on, and what a rule has against it is told by its fields."""

from collections.abc import Callable

from django.forms import Form

from sinergia.engine.refusal import Gap, Refused


def is_done(form: Form, act: Callable[[], object], explain: Callable[[Gap], str]) -> bool:
    """Act on what was typed; say whether it was valid and nothing was against it.

    explain: gives the sentence for a gap.
    """
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        for gap in refusal.gaps:
            form.add_error(gap.path if gap.path in form.fields else None, explain(gap))
        return False
    return True
