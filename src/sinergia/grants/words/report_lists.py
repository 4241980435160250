"""Lists and tables of reports in words: states with their numbers."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

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
