"""Numbers of registers, one by one."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.organisations.access import may_serve
from sinergia.organisations.actions.doubles import raise_pair
from sinergia.organisations.actions.indexing import index_organisation
from sinergia.organisations.models import Change, Identifier, Organisation
from sinergia.people.models import Person


@transaction.atomic
def write_number(
    organisation: Organisation, given: Mapping[str, object], *, actor: Person, now: datetime
) -> Identifier:
    """Give an organisation a verified number, or another one than it had; the centre does it.

    A number that another organisation has is refused, and the two are noted as suspected doubles:
    whose number it is, is told to nobody here.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not may_serve(actor, organisation):
        raise PermissionDenied
    scheme, value = str(given["scheme"]), str(given["value"])
    known = Identifier.objects.filter(organisation=organisation, scheme=scheme).first()
    if known is not None and known.value == value:
        return known
    _refuse_taken(organisation, scheme, value)
    before = known.value if known else ""
    number = known or Identifier(organisation=organisation, scheme=scheme)
    number.value = value
    number.save()
    is_shown = number.is_public
    Change.objects.create(
        organisation=organisation,
        field=scheme,
        before=before if is_shown else "",
        after=value if is_shown else "",
        at=now,
        actor_key=actor.key,
    )
    index_organisation(organisation)
    record("organisation.number_written", about=organisation, actor=actor, at=now)
    return number


@transaction.atomic
def note_taken(organisation: Organisation, given: Mapping[str, object], *, now: datetime) -> None:
    """Keep the suspicion that a refusal raised; the refusal itself rolled everything back."""
    number = Identifier.objects.filter(scheme=given["scheme"], value=given["value"])
    other = number.exclude(scheme=Identifier.Scheme.KPP).first()
    if other is not None and other.organisation_id != organisation.pk:
        raise_pair(organisation.pk, other.organisation_id, reason="numbers", now=now)


def _refuse_taken(organisation: Organisation, scheme: str, value: str) -> None:
    if scheme == Identifier.Scheme.KPP:
        return
    taken = Identifier.objects.filter(scheme=scheme, value=value)
    if taken.exclude(organisation=organisation).exists():
        raise Refused([Gap("number_taken", "value")])
