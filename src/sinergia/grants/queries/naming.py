"""What terms of the filter of grants and lines of a budget are called."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.engine.granting.comparing import LineCompared
from sinergia.engine.text import fold
from sinergia.grants.queries.listing import OVERDUE, REPORT_LATE, SIGN_LATE, TO_CLOSE

TERM_WORDS = {
    OVERDUE: _("Overdue"),
    SIGN_LATE: _("Signing is overdue"),
    REPORT_LATE: _("A report is overdue"),
    TO_CLOSE: _("May be closed"),
}


def lines_named(lines: Sequence[LineCompared]) -> dict[str, str]:
    """What each line of a budget is called, by its id: those of the same words bear their place."""
    said = [one.line.what or gettext("The whole sum") for one in lines]
    often = Counter(fold(name) for name in said)
    named = enumerate(zip(lines, said, strict=True), start=1)
    return {
        one.line.id: name if often[fold(name)] == 1 else f"{name} (№ {place})"
        for place, (one, name) in named
    }
