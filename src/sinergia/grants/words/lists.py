"""What stands above the list of grants: stages with their numbers, what is asked."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from sinergia.grants.models import Change, Grant
from sinergia.grants.queries.changing import ChangeFilter
from sinergia.grants.queries.listing import OVERDUE, GrantFilter
from sinergia.grants.queries.naming import TERM_WORDS


def tabs_said(counts: Mapping[str, int], asked: GrantFilter) -> list[tuple[str, str, bool]]:
    """Stages that there are, with numbers, and what is overdue: words, address, which is shown."""
    bare = asked.with_(stage="", term="")
    is_all = not asked.stage and not asked.term
    tabs = [(f"{_('All')} · {counts['all']}", "?" + bare.to_query(), is_all)]
    for stage in Grant.Stage:
        if counts[stage.value] or asked.stage == stage.value:
            url = "?" + bare.with_(stage=stage.value).to_query()
            words = f"{stage.label} · {counts[stage.value]}"
            tabs.append((words, url, asked.stage == stage.value))
    if counts[OVERDUE]:
        url = "?" + bare.with_(term=OVERDUE).to_query()
        words = f"{TERM_WORDS[OVERDUE]} · {counts[OVERDUE]}"
        tabs.append((words, url, asked.term == OVERDUE))
    return tabs


def chips_said(asked: GrantFilter) -> list[tuple[str, str]]:
    """What is asked beside the fields of the filter: its name, its words."""
    told = []
    if asked.stage:
        told.append(("stage", str(Grant.Stage(asked.stage).label)))
    if asked.term:
        told.append(("term", str(TERM_WORDS[asked.term])))
    return told


def change_tabs_said(counts: Mapping[str, int], asked: ChangeFilter) -> list[tuple[str, str, bool]]:
    """Stages of requests that there are, with numbers: words, address, which is shown."""
    bare = asked.with_(stage="")
    tabs = [(f"{_('All')} · {counts['all']}", "?" + bare.to_query(), not asked.stage)]
    for stage in Change.Stage:
        if counts[stage.value] or asked.stage == stage.value:
            url = "?" + bare.with_(stage=stage.value).to_query()
            words = f"{stage.label} · {counts[stage.value]}"
            tabs.append((words, url, asked.stage == stage.value))
    return tabs
