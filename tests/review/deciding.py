"""A contest brought as far as its decision, with the fewest words."""

from datetime import timedelta
from decimal import Decimal

from sinergia.applications.models import Application, Submission
from sinergia.calls.models import Contest, Outcome
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.review.actions.deciding import decide_contest
from sinergia.review.actions.publishing import publish_now
from sinergia.review.models import Award, Commission, Examination, Item, Sitting
from tests.arrange import NOON
from tests.arrange_review import an_examination


def a_rated(
    title: str,
    rating: str,
    *,
    contest: Contest,
    asked: int = 90_000_00,
    organisation: Organisation | None = None,
) -> Examination:
    """An application whose sheets came to a rating, registered among all applications."""
    made = an_examination(title, contest=contest, organisation=organisation)
    made.preliminary = Decimal(rating) if rating else None
    made.save()
    row = made.submission
    organisation = row.organisation
    application = Application.objects.create(
        organisation=organisation,
        fund=contest.call.fund,
        call=contest.call,
        contest_year=contest.call.contest_year,
        number=row.shown_number,
        title=title,
        title_folded=title.casefold(),
        region=organisation.region,
        asked_minor=asked,
        currency="RUB",
        outcome=Outcome.PENDING,
    )
    Submission.objects.filter(pk=row.pk).update(asked_minor=asked, application=application)
    return Examination.objects.select_related("submission__organisation", "contest").get(pk=made.pk)


def a_sitting(contest: Contest, *, number: str = "1", stage: str = "open") -> Sitting:
    """A sitting of the contest's commission."""
    commission, _ = Commission.objects.get_or_create(
        contest=contest,
        defaults={"order_number": "12", "order_on": NOON.date(), "quorum": 1},
    )
    closed = {"digest": "0" * 64, "closed_at": NOON} if stage == "closed" else {}
    return Sitting.objects.create(
        commission=commission, number=number, begins_at=NOON, stage=stage, **closed
    )


def adopted(
    sitting: Sitting,
    kind: str = "list",
    about: Examination | None = None,
    *,
    decision: str = "adopted",
    **proposal: object,
) -> Item:
    """Something that was voted on."""
    return Item.objects.create(
        sitting=sitting,
        number=sitting.items.count() + 1,
        kind=kind,
        examination=about,
        question="?",
        reason="" if kind == "list" else "Других таких в районе нет",
        proposal=proposal,
        decision=decision,
        decided_at=NOON + timedelta(minutes=sitting.items.count()),
    )


def decided(contest: Contest, actor: Person) -> Sitting:
    """A contest whose list was adopted and written, its sitting closed; twice it is the same."""
    sitting = Sitting.objects.filter(commission__contest=contest, number="1").first()
    sitting = sitting or a_sitting(contest)
    if not sitting.items.filter(kind="list").exists():
        adopted(sitting)
    decide_contest(contest, sitting, actor=actor, now=NOON)
    sitting.stage, sitting.digest, sitting.closed_at = "closed", "0" * 64, NOON
    sitting.save()
    return sitting


def published(contest: Contest, actor: Person) -> Sitting:
    """The same, published at NOON; errands wait."""
    is_decided = Award.objects.filter(examination__contest=contest).exists()
    sitting = Award.objects.all()[0].sitting if is_decided else decided(contest, actor)
    publish_now(contest, actor=actor, now=NOON)
    return sitting


def outcomes(contest: Contest) -> dict[str, tuple[str, str, int]]:
    """What was decided about each, by its title."""
    rows = Award.objects.filter(examination__contest=contest).order_by("at")
    return {
        one.examination.submission.title: (one.outcome, one.why, one.awarded_minor) for one in rows
    }
