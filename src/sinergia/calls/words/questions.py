"""Questions about a contest in words for pages."""

from django.utils.translation import pgettext

from sinergia.base.ui.templatetags.figures import count
from sinergia.calls.models import Contest
from sinergia.calls.queries.questions import PARTS, asked_in


def part_tabs(contest: Contest, chosen: str) -> list[tuple[str, str, bool]]:
    """Headings under which a centre finds them, each with its number."""
    names = {
        "waiting": pgettext("questions of a contest", "Without an answer"),
        "answered": pgettext("questions of a contest", "Published"),
        "hidden": pgettext("questions of a contest", "Hidden"),
    }
    return [
        (f"{names[part]}: {count(asked_in(contest, part).count())}", f"?of={part}", part == chosen)
        for part in PARTS
    ]
