"""What the fields of a report are called, and what helps to fill them in."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SECTIONS: dict[str, Promise] = {
    "events": pgettext_lazy("a report", "Events"),
    "results": pgettext_lazy("a report", "Results"),
    "money": _("Payments"),
    "whole": _("In short"),
}
SECTION_OF = {
    "events": "events",
    "others": "events",
    "results": "results",
    "lines": "money",
    "spendings": "money",
    "payments": "money",
    "money_note": "money",
    "done": "whole",
    "outcome": "whole",
    "media": "whole",
}
LABELS: dict[str, Promise] = {
    "done": _("What was done in this time"),
    "outcome": _("What has changed for people"),
    "media": _("Where it was told of"),
    "money_note": _("A word on the payments"),
    "others": _("Events beyond the plan"),
}
HELPS: dict[str, Promise] = {
    "done": _("The main thing in a few paragraphs: what was done and for whom."),
    "outcome": _("What cannot be counted: what people say, what goes on without you."),
    "media": _("Addresses of pages and posts, one a line."),
    "money_note": _("What whoever checks should know of the payments."),
    "others": _("What was not planned and took place."),
}
CELLS: dict[tuple[str, str], Promise] = {
    ("events", "on"): pgettext_lazy("an event", "When it was"),
    ("events", "place"): pgettext_lazy("an event", "Where it was"),
    ("events", "people"): _("How many people came"),
    ("events", "told"): pgettext_lazy("a report", "How it went"),
    ("events", "links"): _("Links"),
    ("events", "why"): _("Why it differs from the plan, or did not take place"),
    ("others", "what"): pgettext_lazy("an event", "What it was"),
    ("results", "reached"): pgettext_lazy("a result", "Reached"),
    ("results", "proof"): pgettext_lazy("a report", "By what it is seen"),
    ("results", "why"): _("Why it differs from what was promised"),
    ("lines", "why"): _("Why it differs from the budget"),
}
CELLS |= {
    ("others", cell): CELLS["events", cell] for cell in ("on", "place", "people", "told", "links")
}
OPTIONAL = ("told", "links", "why")
