"""Days for signing are watched: who prepares a grant is reminded, once for each term."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.shown import date_shown
from sinergia.grants.actions.telling import tell_staff, tell_team
from sinergia.grants.models import Grant
from sinergia.grants.queries.following import noted_of, told_verbs
from sinergia.people.models import Person

SOON, LAST = timedelta(days=14), timedelta(days=3)


@transaction.atomic
def remind_to_sign(grant: Grant, *, today: date, actor: Person, now: datetime) -> bool:
    """Tell both sides that the days for signing end, or have ended; whether anybody was told."""
    row = Grant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    if row.stage != Grant.Stage.PREPARING or row.sign_by is None:
        return False
    left = row.sign_by - today
    if left > SOON:
        return False
    told = told_verbs(row)
    last = row.sign_by

    def said(language: str) -> dict[str, str]:
        return {"on": date_shown(last, language)}

    if left < timedelta(0) and "grant.signing_late" not in told:
        tell_staff(grant, "grants.signing_late", said, now=now)
        record("grant.signing_late", about=row, actor=actor, at=now)
    elif timedelta(0) <= left <= LAST and "grant.signing_last" not in told:
        tell_team(grant, "grants.signing_soon", said, now=now)
        tell_staff(grant, "grants.signing_soon", said, now=now)
        record("grant.signing_last", about=row, actor=actor, at=now)
    elif left > LAST and "grant.signing_soon" not in told:
        tell_team(grant, "grants.signing_soon", said, now=now)
        tell_staff(grant, "grants.signing_soon", said, now=now)
        record("grant.signing_soon", about=row, actor=actor, at=now)
    else:
        return False
    return True


@transaction.atomic
def stand_with_grants(organisation: UUID) -> None:
    """Have what the register notes of an organisation's grants stand with it, after a split."""
    rows = Grant.objects.filter(organisation__key=organisation)
    for grant in rows.select_related("award", "organisation"):
        noted_of(grant).update(organisation=grant.organisation)
