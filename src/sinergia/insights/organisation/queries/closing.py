"""What is still open at an organisation that is being closed, or was: nothing ends by itself."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from sinergia.applications.models import Submission
from sinergia.applications.queries.submissions import OVER, submissions_of
from sinergia.calls.models import Outcome
from sinergia.grants.access import of_centre
from sinergia.grants.models import Grant
from sinergia.grants.queries.grants import grants_for
from sinergia.organisations.access import may_lead_team
from sinergia.organisations.models import Centre, Claim, FormerKey, Organisation
from sinergia.organisations.queries.claims import claims_seen_by
from sinergia.organisations.queries.invitations import (
    ORGANISATION,
    keys_of,
    open_invitations,
    scopes_waiting,
)
from sinergia.organisations.queries.roles import served
from sinergia.organisations.queries.waiting import claims_waiting
from sinergia.people.models import Invitation, Person
from sinergia.projects.models import Project
from sinergia.projects.queries.projects import projects_of

KINDS = ("claims", "links", "drafts", "submissions", "grants")
ENDING = (Organisation.Status.CLOSING, Organisation.Status.CLOSED)
MOST = 500  # things of one kind on a page
_DRAFT = Q(removed_at=None, submitted_as="")
_UNDECIDED = Q(application=None) | Q(application__outcome=Outcome.PENDING)
_RUNNING = Q(stage__in=(Grant.Stage.PREPARING, Grant.Stage.UNDER_WAY))


@dataclass(frozen=True)
class Open:
    """What awaits something at one organisation, as far as its reader may see it.

    centres: where the reader works, since what was handed in to them is seen from inside.
    """

    organisation: Organisation
    claims: Iterable[Claim]
    links: Iterable[Invitation]
    drafts: Iterable[Project]
    submissions: Iterable[Submission]
    grants: Iterable[Grant]
    centres: Collection[int]


def open_at(
    organisation: Organisation, reader: Person, *, centres: Collection[int], now: datetime
) -> Open:
    """Requests, links, drafts, what was submitted and is not decided, grants; the latest first.

    centres: where the reader works.
    """
    here = {"organisation": organisation}
    links = open_invitations(ORGANISATION, *keys_of(organisation), now=now)
    seen = Q(pk__in=submissions_of(reader).values("pk")) | Q(contest__centre__in=centres)
    rows = submissions_in_force().filter(seen, **here).select_related("contest__call")
    return Open(
        organisation,
        claims=claims_seen_by(reader).filter(settled_at=None, **here).order_by("-pk")[:MOST],
        links=links[:MOST] if may_lead_team(reader, organisation) else (),
        drafts=projects_of(reader).filter(_DRAFT, **here).order_by("-pk")[:MOST],
        submissions=rows.order_by("-pk")[:MOST],
        grants=grants_for(reader).filter(_RUNNING, **here)[:MOST],
        centres=centres,
    )


def closed_with_open(centre: Centre, *, now: datetime) -> QuerySet[Organisation]:
    """Organisations of a centre that are closed, or being closed, and have something open."""
    linked = Organisation.objects.filter(_linked(scopes_waiting(ORGANISATION, now=now)))
    found = [rows.order_by().values("organisation") for rows in _of_centre(centre).values()]
    held = linked.order_by().values("pk").union(*found, all=True)
    rows = served(centre).filter(status__in=ENDING, pk__in=held)
    return rows.select_related("municipality")


def counts_of(
    organisations: Sequence[Organisation], centre: Centre, *, now: datetime
) -> Mapping[int, Mapping[str, int]]:
    """How many things of each kind are open at each of these, as their centre counts them."""
    told: dict[int, dict[str, int]] = defaultdict(dict)
    for kind, rows in _of_centre(centre).items():
        numbers = rows.filter(organisation__in=organisations).order_by().values("organisation")
        for one in numbers.annotate(number=Count("pk")):
            told[one["organisation"]][kind] = one["number"]
    homes = _homes(organisations)
    for scope in scopes_waiting(ORGANISATION, homes, now=now):
        home = told[homes[UUID(scope)]]
        home["links"] = home.get("links", 0) + 1
    return told


def submissions_in_force() -> QuerySet[Submission]:
    """What was handed in and awaits a decision, but for practice."""
    done = (*OVER, Submission.Stage.NOT_ADMITTED)
    rows = Submission.objects.exclude(stage__in=done).filter(_UNDECIDED)
    return rows.filter(contest__is_training=False)


def _of_centre(centre: Centre) -> dict[str, QuerySet]:  # type: ignore[type-arg]  # of five tables
    """By kind, what a centre may open: of drafts those that are shared with it."""
    shared = Project.objects.filter(_DRAFT, is_shared=True)
    handed_in = Q(contest__centre=centre) | Q(project__is_shared=True)
    return {
        "claims": claims_waiting(centre),
        "drafts": shared.filter(organisation__region__in=centre.regions.values("region")),
        "submissions": submissions_in_force().filter(handed_in),
        "grants": Grant.objects.filter(of_centre(centre), _RUNNING),
    }


def _linked(scopes: Sequence[str]) -> Q:
    """Organisations to whose teams these links lead, also under a key of one merged into them."""
    former = FormerKey.objects.filter(key__in=scopes)
    return Q(key__in=scopes) | Q(pk__in=former.values("organisation"))


def _homes(organisations: Sequence[Organisation]) -> dict[UUID, int]:
    former = FormerKey.objects.filter(organisation__in=organisations)
    own = {one.key: one.pk for one in organisations}
    return own | dict(former.values_list("key", "organisation"))
