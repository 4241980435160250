"""A grant locked for a change, in the house's order, and whoever may make it."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied

from sinergia.applications.access import has_interest
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Gap, Refused
from sinergia.grants.access import may_enter, may_run
from sinergia.grants.models import Grant
from sinergia.people.models import Person
from sinergia.review.models import Award

NAMES = ("organisation", "centre", "curator", "award__examination__contest__call")


def locked(grant: Grant) -> Grant:
    """The grant as it is now, locked; before it its contest and its award, where it has them."""
    if grant.award is not None:
        Contest.objects.select_for_update().get(pk=grant.award.examination.contest_id)
        Award.objects.select_for_update().get(pk=grant.award.pk)
    rows = Grant.objects.select_for_update(of=("self",))
    return rows.select_related(*NAMES, "application__fund").get(pk=grant.pk)


def need_to_decide(person: Person, grant: Grant) -> None:
    """Raise PermissionDenied for who does not run it, Refused for who is of its organisation."""
    if not may_run(person, grant):
        raise PermissionDenied
    if has_interest(person, grant.organisation):
        raise Refused([Gap("decision.own")])


def need_to_enter(person: Person, grant: Grant) -> None:
    """The same for what its own people enter, too, of a grant won elsewhere."""
    if not may_enter(person, grant):
        need_to_decide(person, grant)


def need_stage(grant: Grant, stage: str, code: str) -> None:
    """Raise Refused with a code where a grant is at another stage."""
    refuse([] if grant.stage == stage else [Gap(code)])


def refuse(gaps: Sequence[Gap]) -> None:
    """Raise Refused where anything is against it."""
    if gaps:
        raise Refused(gaps)
