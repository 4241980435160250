"""What is open at an organisation in words, each thing with the way to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sinergia.applications.models import Submission
from sinergia.base.ui.templatetags.figures import day
from sinergia.insights.organisation.queries.closing import KINDS, Open
from sinergia.organisations.models import Claim
from sinergia.organisations.words.roles import role_said
from sinergia.people.models import Invitation

TITLES: Mapping[str, Promise] = {
    "claims": gettext_lazy("Requests to act for it"),
    "links": gettext_lazy("Links to its team"),
    "drafts": gettext_lazy("Drafts of projects"),
    "submissions": gettext_lazy("Submitted, not decided"),
    "grants": gettext_lazy("Grants under way"),
}


@dataclass(frozen=True)
class Line:
    """One open thing: what it is, and where it is seen and ended."""

    words: str
    note: str
    url: str


@dataclass(frozen=True)
class Group:
    """Open things of one kind."""

    title: str
    lines: list[Line]


def open_said(found: Open) -> list[Group]:
    """What is open, kind by kind; kinds of which there is nothing are left out."""
    team = reverse("register:team", args=[found.organisation.key])
    lines = {
        "claims": [_claim(one) for one in found.claims],
        "links": [_link(one, team) for one in found.links],
        "drafts": [
            Line(_titled(one.title), "", reverse("projects:project", args=[one.key]))
            for one in found.drafts
        ],
        "submissions": [_submission(one, found) for one in found.submissions],
        "grants": [
            Line(
                _titled(one.application.title),
                str(one.get_stage_display()),
                reverse("grants:grant", args=[one.key]),
            )
            for one in found.grants
        ],
    }
    return [Group(str(TITLES[kind]), lines[kind]) for kind in KINDS if lines[kind]]


def counts_said(counts: Mapping[str, int]) -> list[str]:
    """How many things of each kind, each in its own words."""
    words: Mapping[str, Callable[[int], str]] = {
        "claims": lambda number: ngettext(
            "%(number)d request to act for it", "%(number)d requests to act for it", number
        ),
        "links": lambda number: ngettext(
            "%(number)d link to its team", "%(number)d links to its team", number
        ),
        "drafts": lambda number: ngettext(
            "%(number)d draft of a project", "%(number)d drafts of projects", number
        ),
        "submissions": lambda number: ngettext(
            "%(number)d application not decided", "%(number)d applications not decided", number
        ),
        "grants": lambda number: ngettext(
            "%(number)d grant under way", "%(number)d grants under way", number
        ),
    }
    told = [(words[kind], counts.get(kind, 0)) for kind in KINDS]
    return [said(number) % {"number": number} for said, number in told if number]


def _claim(one: Claim) -> Line:
    return Line(one.person.name, role_said(one.role), reverse("register:claim", args=[one.key]))


def _link(one: Invitation, team: str) -> Line:
    until = _("good until %(day)s") % {"day": day(one.ends_at)}
    return Line(role_said(one.role), until, team)


def _submission(one: Submission, found: Open) -> Line:
    """Where its reader sees it: at the contest's centre from inside."""
    inside = one.contest.centre_id in found.centres
    name = "applications:screened" if inside else "applications:submission"
    return Line(_titled(one.title), one.shown_number, reverse(name, args=[one.key]))


def _titled(title: str) -> str:
    return title or _("without a title")
