"""Who is told what becomes of a grant."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.urls import reverse

from sinergia.calls.queries.duties import operators_of
from sinergia.grants.access import curator_of
from sinergia.grants.models import Grant
from sinergia.grants.queries.grants import contest_of
from sinergia.notices.actions import tell
from sinergia.organisations.models import Membership
from sinergia.organisations.queries.roles import staff_serving
from sinergia.organisations.queries.teams import memberships_of
from sinergia.people.models import Person

Said = Callable[[str], dict[str, str]]  # what a notice names, in a language


def nothing(_language: str) -> dict[str, str]:
    """A notice that names the project alone."""
    return {}


def tell_team(
    grant: Grant, code: str, said: Said = nothing, *, now: datetime, url: str = ""
) -> None:
    """Tell everybody of its organisation. url: where it is looked at; "": the grant's page."""
    _tell(grant, [one.person for one in memberships_of(grant.organisation)], code, said, now, url)


def tell_leaders(
    grant: Grant, code: str, said: Said = nothing, *, now: datetime, url: str = ""
) -> None:
    """Tell whoever leads its organisation. url: as above."""
    rows = memberships_of(grant.organisation)
    led = [one.person for one in rows if one.role == Membership.Role.LEADER]
    _tell(grant, led, code, said, now, url)


def tell_staff(
    grant: Grant, code: str, said: Said = nothing, *, now: datetime, url: str = ""
) -> None:
    """Tell its curator; where it has none, whoever runs it. url: as above."""
    _tell(grant, runners_of(grant), code, said, now, url)


def runners_of(grant: Grant) -> list[Person]:
    """Its curator; where it has none, operators of its contest, or staff serving its region."""
    curator = curator_of(grant)
    if curator is not None:
        return [curator]
    contest = contest_of(grant)
    if contest is not None:
        return list(operators_of(contest))
    return list(staff_serving(grant.organisation))


def _tell(
    grant: Grant, people: Iterable[Person], code: str, said: Said, now: datetime, url: str
) -> None:
    url = url or reverse("grants:grant", args=[grant.key])
    title = grant.application.title
    for person in people:
        values = {"title": title, **said(person.language)}
        tell(person, code, now=now, about=grant, url=url, urgent=False, **values)
