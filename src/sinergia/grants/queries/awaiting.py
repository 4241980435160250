"""Awards that were published and of which nobody has made a grant yet."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from sinergia.applications.models import Application
from sinergia.applications.queries.submissions import written_frozen
from sinergia.calls.models import Contest, Outcome
from sinergia.calls.queries.contests import rules_of
from sinergia.engine.project import Broken
from sinergia.engine.refusal import Gap
from sinergia.grants.models import Grant
from sinergia.organisations.models import Centre, Organisation
from sinergia.people.models import Person
from sinergia.review.access import run_by
from sinergia.review.models import Award, Publication
from sinergia.review.queries.following import accepted_budget_of, is_due, is_held
from sinergia.review.queries.results import COMES_TO

NAMES = (
    "contest__call__fund",
    "contest__centre",
    "submission__organisation",
    "submission__application",
    "submission__project",
    "submission__frozen__rules",
)


def awaiting(centre: Centre, person: Person) -> QuerySet[Award]:
    """Grants won in contests that a person runs, none for practice, by places."""
    told = Publication.objects.filter(contest=OuterRef("examination__contest"))
    contests = Contest.objects.filter(run_by(person), centre=centre, is_training=False)
    rows = Award.objects.filter(
        COMES_TO,
        Exists(told.filter(stage=Publication.Stage.PUBLISHED)),
        ~Exists(Grant.objects.filter(award=OuterRef("pk"))),
        examination__contest__in=contests.values("pk"),
    )
    named = rows.select_related(*(f"examination__{name}" for name in NAMES))
    return named.order_by("-examination__contest", "at", "pk")


def gaps_of(award: Award) -> list[Gap]:
    """What keeps an award from becoming a grant."""
    submission = award.examination.submission
    if not is_held(award):
        return [Gap("grant.not_won")]
    told = [Gap("grant.no_rules")] if rules_of(award.examination.contest) is None else []
    if submission.application is None:
        told.append(Gap("grant.not_registered"))
    if is_due(award) and accepted_budget_of(award) is None:
        told.append(Gap("grant.no_budget"))
    try:
        document = written_frozen(submission).document
    except Broken:
        return [*told, Gap("grant.broken")]
    first, last = document.starts_on, document.ends_on
    if first is None or last is None or last < first:
        told.append(Gap("grant.no_dates"))
    return told


def won_elsewhere(organisation: Organisation) -> QuerySet[Application]:
    """Applications to funds elsewhere that won and of which no grant is begun.

    One that was declined is begun anew on its own page.
    """
    rows = Application.objects.filter(
        ~Exists(Grant.objects.filter(application=OuterRef("pk"))),
        organisation=organisation,
        outcome=Outcome.WON,
        submission=None,
    )
    return rows.select_related("fund", "call").order_by("-contest_year", "-pk")


def application_keyed(key: UUID) -> Application | None:
    """An application of a fund elsewhere that won, whosever it is."""
    rows = Application.objects.filter(key=key, outcome=Outcome.WON, submission=None)
    return rows.select_related("fund", "call", "organisation").first()
