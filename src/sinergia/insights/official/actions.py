"""How far a region trusts its non-profits is entered, and taken away."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean_line
from sinergia.insights.official import access
from sinergia.insights.official.queries.trust import CODE, NAMES, measured_on
from sinergia.people.models import Person
from sinergia.places.actions.indicators import Measured, keep_value, remove_value
from sinergia.places.models import Region

HIGHEST = 100  # per cent


@transaction.atomic
def keep_trust(
    region: Region,
    given: Measured,
    *,
    actor: Person,
    now: datetime,
    instead_of: date | None = None,
) -> None:
    """Enter what was measured, or the same day anew; the same once more is harmless.

    instead_of: the mistyped day of what is mended; nothing stands on it afterwards. Raises
    Refused without a source, for a day to come or taken, or for what is no share.
    """
    if not access.may_keep_trust(actor, region):
        raise PermissionDenied
    gaps = [] if clean_line(given.source) else [Gap("trust.no_source", "source")]
    gaps += [Gap("trust.day_to_come", "on")] if given.on > timezone.localdate(now) else []
    gaps += [] if 0 <= given.value <= HIGHEST else [Gap("trust.no_share", "value")]
    gaps += (
        [Gap("trust.no_share", "margin")] if given.margin is not None and given.margin < 0 else []
    )
    mistyped = measured_on(region, instead_of) if instead_of and instead_of != given.on else None
    if mistyped is not None and measured_on(region, given.on) is not None:
        gaps.append(Gap("trust.day_taken", "on"))
    if gaps:
        raise Refused(gaps)
    if mistyped is not None:
        remove_trust(region, mistyped.on, actor=actor, now=now)
    if keep_value(region, CODE, NAMES, given):
        codes: dict[str, str | int] = {"day": given.on.isoformat()}
        record("region.trust_entered", about=region, actor=actor, at=now, codes=codes)


@transaction.atomic
def remove_trust(region: Region, on: date, *, actor: Person, now: datetime) -> None:
    """Take a measurement away; twice is harmless."""
    if not access.may_keep_trust(actor, region):
        raise PermissionDenied
    if remove_value(region, CODE, on):
        codes: dict[str, str | int] = {"day": on.isoformat()}
        record("region.trust_removed", about=region, actor=actor, at=now, codes=codes)
