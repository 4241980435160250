"""What the demo's commands look up to go on where the story stands."""

from collections.abc import Sequence

from django.db.models import QuerySet

from sinergia.applications.models import Application
from sinergia.calls.models import Call, Contest
from sinergia.grants.queries.awaiting import won_elsewhere
from sinergia.organisations.models import CentreStaff
from sinergia.review.models import Commission, Examination, Expert, Sheet


def heads_of_centres() -> QuerySet[CentreStaff]:
    """Who heads each centre, in the order in which they came."""
    rows = CentreStaff.objects.filter(role=CentreStaff.Role.HEAD, until=None)
    return rows.select_related("centre__organisation", "person").order_by("pk")


def call_told(fund: str, year: int) -> Call:
    """The call of a fund that holds one a year, as its list has it."""
    return Call.objects.get(fund__code=fund, contest_year=year)


def is_held(call: Call) -> bool:
    """Whether a call is held here."""
    return Contest.objects.filter(call=call).exists()


def experts_named(contest: Contest, names: Sequence[str] | None = None) -> QuerySet[Expert]:
    """Experts of a contest, all of them or those of some names."""
    rows = Expert.objects.filter(contest=contest).order_by("pk")
    return rows if names is None else rows.filter(name__in=names)


def has_commission(contest: Contest) -> bool:
    """Whether a commission was composed."""
    return Commission.objects.filter(contest=contest).exists()


def sheets_there(contest: Contest) -> list[Sheet]:
    """Sheets that have not ended, by their experts in the order of codes."""
    rows = Sheet.objects.filter(examination__contest=contest, ended_at=None)
    names = ("expert__person", "examination__submission__frozen")
    named = rows.select_related(*names).defer("examination__submission__frozen__content")
    return list(named.order_by("expert__pk", "pk"))


def sheets_of(contest: Contest, name: str) -> dict[int, Sheet]:
    """Every sheet of an expert, by the number of the application."""
    rows = Sheet.objects.filter(expert__contest=contest, expert__name=name)
    named = rows.select_related("examination__submission__organisation", "examination__contest")
    return {one.examination.submission.number: one for one in named}


def examinations_of(contest: Contest) -> dict[int, Examination]:
    """What experts read, by the number of the application."""
    rows = Examination.objects.filter(contest=contest)
    names = ("submission__organisation", "submission__frozen", "contest")
    return {one.submission.number: one for one in rows.select_related(*names)}


def won_and_not_begun(number: str) -> Application | None:
    """An application that won elsewhere and of which nobody has begun a grant."""
    found = Application.objects.filter(number=number).select_related("organisation").first()
    if found is None or found.organisation is None:
        return None
    return won_elsewhere(found.organisation).filter(pk=found.pk).first()
