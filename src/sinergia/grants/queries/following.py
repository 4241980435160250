"""What has been told of a grant's days, and what waits for whom."""

from datetime import date

from django.db.models import Q, QuerySet

from sinergia.base.journal.models import Entry
from sinergia.grants.access import run_at
from sinergia.grants.models import Grant
from sinergia.grants.queries.grants import whole_grants
from sinergia.organisations.models import Centre, Standing
from sinergia.people.models import Person
from sinergia.review.queries.following import win_key

SIGNING = ("grant.signing_soon", "grant.signing_last", "grant.signing_late")


def told_verbs(grant: Grant) -> set[str]:
    """Which reminders of its signing were sent."""
    rows = Entry.objects.filter(
        about_kind="grants.grant", about_key=str(grant.key), verb__in=SIGNING
    )
    return set(rows.values_list("verb", flat=True))


def parted_from_award() -> QuerySet[Grant]:
    """Grants being prepared whose award was declined on its own page, and the other way round."""
    is_declined, stage = Q(award__follow="declined"), Grant.Stage
    return whole_grants().filter(
        Q(is_declined, stage=stage.PREPARING)
        | Q(~is_declined, stage=stage.DECLINED, award__isnull=False)
    )


def to_sign(centre: Centre, person: Person) -> QuerySet[Grant]:
    """Grants that somebody who works at a centre brings to their signing."""
    return whole_grants().filter(run_at(person, centre), stage=Grant.Stage.PREPARING)


def own_to_sign(organisation: int) -> QuerySet[Grant]:
    """Grants of an organisation that await their signing."""
    return whole_grants().filter(organisation=organisation, stage=Grant.Stage.PREPARING)


def late_to_sign(rows: QuerySet[Grant], today: date) -> QuerySet[Grant]:
    """Those of them whose days have passed."""
    return rows.filter(sign_by__lt=today)


def noted_under_way(grant: Grant) -> QuerySet[Standing]:
    """What the register notes of it being under way."""
    return Standing.objects.filter(
        code=Standing.Code.GRANT_UNDER_WAY,
        key=grant.key if grant.award is None else win_key(grant.award),
    )


def noted_of(grant: Grant) -> QuerySet[Standing]:
    """That, and what it notes of reports that are late."""
    late = Q(code=Standing.Code.REPORT_OVERDUE, key__in=grant.reports.values("key"))
    return noted_under_way(grant) | Standing.objects.filter(late)
