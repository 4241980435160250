"""Nine steps of the walk: who opens what, and what to look at there.

A step whose page the demo has not (it was told in part, or other data lie here) has no address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import public_contests
from sinergia.exchange.models import Visit
from sinergia.exchange.queries.holding import practices_shown, sessions_held
from sinergia.exchange.queries.visits import visits_seen_by
from sinergia.grants.models import Grant
from sinergia.grants.queries.grants import grants_for
from sinergia.people.models import Person
from sinergia.people.queries import invented_people
from sinergia.projects.queries.projects import projects_of

BRIEF, FUND = "XA-SVB", "FUND1"


@dataclass(frozen=True)
class Step:
    """who: how the address of a person of the demo begins. find: the page; "" where none is."""

    who: str
    title: Promise
    look: Promise
    find: Callable[[Person], str]

    @property
    def person(self) -> Person | None:
        """As whom it is taken."""
        return invented_people().filter(email__startswith=f"{self.who}@").first()


def _visit(reader: Person) -> Visit | None:
    return visits_seen_by(reader).filter(stage=Visit.Stage.ACCOUNTED).first()


def _of_visit(name: str, *before: str) -> Callable[[Person], str]:
    def find(reader: Person) -> str:
        visit = _visit(reader)
        return reverse(name, args=[*before, visit.key]) if visit is not None else ""

    return find


def _host(reader: Person) -> str:
    """The organisation of the first practice that the visit showed."""
    visit = _visit(reader)
    for session in sessions_held(visit) if visit is not None else ():
        for practice in practices_shown(session):
            if practice.organisation is not None:
                return reverse("organisations:detail", args=[practice.organisation.key])
    return ""


def _brief(_reader: Person) -> str:
    return reverse("regions:detail", args=[BRIEF]) + "?" + urlencode({"fund": FUND})


def _draft(reader: Person) -> str:
    row = projects_of(reader).exclude(contest=None).order_by("pk").first()
    return reverse("projects:project", args=[row.key]) if row is not None else ""


def _of_contest(name: str, *, is_decided: bool) -> Callable[[Person], str]:
    """Of the latest contest whose results everybody knows, or that experts are reading."""

    def find(_reader: Person) -> str:
        closed = public_contests().filter(stage=Contest.Stage.CLOSED, intake=Contest.Intake.HERE)
        rows = closed.filter(results_at__isnull=not is_decided).order_by("-closes_at")
        contest = rows.first()
        return reverse(name, args=[contest.call.key]) if contest is not None else ""

    return find


def _grants(reader: Person) -> str:
    """The page of a grant that grew from a visit and is closed; before there is one, the list."""
    closed = grants_for(reader).filter(stage=Grant.Stage.CLOSED, project__commitment__isnull=False)
    found = closed.first()
    return (
        reverse("grants:grant", args=[found.key]) if found is not None else reverse("grants:list")
    )


STEPS = (
    Step(
        "dorohova",
        pgettext_lazy("walk", "The visit"),
        _("Two regions, two days, five hosts: aims, delegation and programme on one page."),
        _of_visit("exchange:visit"),
    ),
    Step(
        "melnikova",
        _("Who received it"),
        _("A host's card: fields of work, grants won, practices with evidence and cost."),
        _host,
    ),
    Step(
        "turchin",
        _("Figures by ten"),
        _("The sentence is read aloud as it stands. Press 137: the rows under it open."),
        _brief,
    ),
    Step(
        "gareeva",
        _("What was taken home"),
        _("Eleven commitments, each with an owner and a first step; five became projects."),
        _of_visit("commitments:board"),
    ),
    Step(
        "yarovaya",
        _("A project at 23:40"),
        _("The draft grew from a practice. What hinders stands first and leads to its field."),
        _draft,
    ),
    Step(
        "chibisov",
        _("Experts read"),
        _("Progress by expert and day, who is late, where a third opinion is needed."),
        _of_contest("course:board", is_decided=False),
    ),
    Step(
        "yarovaya",
        _("Recount it yourself"),
        _("She did not win. The archive is open, and its page counts the ranking anew."),
        _of_contest("decision:results", is_decided=True),
    ),
    Step(
        "dorohova",
        _("Money and reports"),
        _("Agreement, two tranches, reports with every payment; closed with what was promised."),
        _grants,
    ),
    Step(
        "dorohova",
        _("What grew from it"),
        _("A year later: commitments, projects, applications, grants, results, new practices."),
        _of_visit("thread:thread", "visit"),
    ),
)
