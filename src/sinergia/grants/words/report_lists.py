"""Lists and tables of reports in words: states with their numbers, names of lines."""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergia.engine.granting.comparing import LineCompared
from sinergia.engine.text import fold
from sinergia.grants.queries.report_listing import BACK, CHECKED, DONE, DUE, LATE, ReportFilter


def tabs_said(counts: Mapping[str, int], asked: ReportFilter) -> list[tuple[str, str, bool]]:
    """States that there are, with numbers: words, address, which is shown."""
    words = {
        LATE: pgettext("reports", "Late"),
        DUE: pgettext("reports", "Being written"),
        CHECKED: pgettext("reports", "Being checked"),
        BACK: pgettext("reports", "Given back"),
        DONE: pgettext("reports", "No remarks"),
    }
    bare = asked.with_(state="")
    tabs = [(f"{_('All')} · {counts['all']}", "?" + bare.to_query(), not asked.state)]
    for state, name in words.items():
        if counts[state] or asked.state == state:
            url = "?" + bare.with_(state=state).to_query()
            tabs.append((f"{name} · {counts[state]}", url, asked.state == state))
    return tabs


def lines_named(lines: Sequence[LineCompared]) -> dict[str, str]:
    """What each line of a budget is called, by its id: those of the same words bear their place."""
    said = [one.line.what or _("The whole sum") for one in lines]
    often = Counter(fold(name) for name in said)
    named = enumerate(zip(lines, said, strict=True), start=1)
    return {
        one.line.id: name if often[fold(name)] == 1 else f"{name} (№ {place})"
        for place, (one, name) in named
    }
