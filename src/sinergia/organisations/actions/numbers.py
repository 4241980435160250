"""Numbers of registers, one by one."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.organisations.actions.doubles import raise_pair
from sinergia.organisations.actions.indexing import index_organisation
from sinergia.organisations.actions.locking import kept_locked
from sinergia.organisations.models import Change, Identifier, Organisation
from sinergia.people.models import Person


@transaction.atomic
def write_number(
    organisation: Organisation, given: Mapping[str, object], *, actor: Person, now: datetime
) -> Identifier:
    """Give an organisation a verified number, or another one than it had.

    A number that another organisation has is refused, and the two are noted as suspected doubles:
    whose number it is, is told to nobody here.
    """
    organisation = kept_locked(organisation, actor)
    scheme, value = str(given["scheme"]), str(given["value"])
    known = Identifier.objects.filter(organisation=organisation, scheme=scheme).first()
    if known is not None and known.value == value:
        return known
    _refuse_taken(organisation, scheme, value)
    before = known.value if known else ""
    number = known or Identifier(organisation=organisation, scheme=scheme)
    number.value = value
    try:
        with transaction.atomic():
            number.save()
    except IntegrityError:  # typed into another organisation at this moment
        raise Refused([Gap("number_taken", "value")]) from None
    _note(number, before, value, actor=actor, now=now)
    index_organisation(organisation)
    record("organisation.number_written", about=organisation, actor=actor, at=now)
    return number


@transaction.atomic
def remove_number(
    organisation: Organisation, scheme: str, *, reason: str, actor: Person, now: datetime
) -> None:
    """Take a number away that is not this organisation's; pressing twice is harmless.

    A file that names it here again brings it back. Raises Refused without a reason.
    """
    organisation = kept_locked(organisation, actor)
    known = Identifier.objects.filter(organisation=organisation, scheme=scheme).first()
    if known is None:
        return
    if not reason:
        raise Refused([Gap("number_reason_missing", "reason")])
    known.delete()
    _note(known, known.value, "", actor=actor, now=now, reason=reason)
    index_organisation(organisation)
    codes: dict[str, str | int] = {"scheme": scheme}
    record("organisation.number_removed", about=organisation, actor=actor, at=now, codes=codes)


@transaction.atomic
def note_taken(organisation: Organisation, given: Mapping[str, object], *, now: datetime) -> None:
    """Keep the suspicion that a refusal raised; the refusal itself rolled everything back."""
    number = Identifier.objects.filter(scheme=given["scheme"], value=given["value"])
    other = number.exclude(scheme=Identifier.Scheme.KPP).first()
    if other is not None and other.organisation_id != organisation.pk:
        raise_pair(organisation.pk, other.organisation_id, reason="typed", now=now)


def _note(
    number: Identifier, before: str, after: str, *, actor: Person, now: datetime, reason: str = ""
) -> None:
    """A line of the history; a person's number stands on neither side of it."""
    Change.objects.create(
        organisation=number.organisation,
        field=number.scheme,
        before=_shown(number.scheme, before),
        after=_shown(number.scheme, after),
        reason=reason,
        at=now,
        actor_key=actor.key,
    )


def _shown(scheme: str, value: str) -> str:
    return value if Identifier(scheme=scheme, value=value).is_public else ""


def _refuse_taken(organisation: Organisation, scheme: str, value: str) -> None:
    if scheme == Identifier.Scheme.KPP:
        return
    taken = Identifier.objects.filter(scheme=scheme, value=value)
    if taken.exclude(organisation=organisation).exists():
        raise Refused([Gap("number_taken", "value")])
