"""Settling what awaits a person: whose an application is, which region it names; and undoing it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.applications.access import may_settle
from sinergia.applications.models import Application, Doubt
from sinergia.applications.queries.doubts import (
    ids_free_for,
    name_as_filed,
    same_spelling,
)
from sinergia.applications.queries.filing import filed_and_won
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.organisations.actions import Newcomer, register_organisations, write_counts
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.places.actions import give_spelling
from sinergia.places.models import Region

OWNER_CODES = ["ids_missing", "ids_disagree", "id_unverified"]
REGION_CODES = ["region_unknown", "region_missing"]


@dataclass(frozen=True)
class Numbers:
    """Verified numbers of an organisation that is to be entered, "" for none."""

    ogrn: str
    inn: str


@transaction.atomic
def settle_owner(
    key: UUID, whose: Organisation | Numbers, *, actor: Person, now: datetime
) -> Doubt:
    """Say which organisation filed an application, entering it where it is new.

    A doubt that is settled already stays as it is. Raises Refused where a number is taken.
    """
    doubt, application = _locked(key, actor)
    if doubt.settled_at is not None:
        return doubt
    organisation = whose if isinstance(whose, Organisation) else _enter(application, whose, now)
    application.organisation = organisation
    application.save(update_fields=["organisation"])
    _close(application, OWNER_CODES, actor=actor, now=now)
    _recount([organisation.pk])
    record(
        "application.owner_settled",
        about=application,
        actor=actor,
        at=now,
        codes={"organisation": str(organisation.key)},
    )
    doubt.refresh_from_db()
    return doubt


@transaction.atomic
def settle_region(key: UUID, region: Region, *, actor: Person, now: datetime) -> Doubt:
    """Say which region an application names; every other row written so is settled with it."""
    doubt, application = _locked(key, actor)
    if doubt.settled_at is not None:
        return doubt
    settled = [application]
    if doubt.code == "region_unknown":
        give_spelling(doubt.value, region, actor=actor, now=now)
        settled = list(same_spelling(doubt.value).select_for_update())
    pks = [one.pk for one in settled]
    Application.objects.filter(pk__in=pks).update(region=region)
    Doubt.objects.filter(
        application__in=pks, code__in=REGION_CODES, settled_at__isnull=True
    ).update(settled_at=now, settled_by=actor)
    record(
        "application.region_settled",
        about=application,
        actor=actor,
        at=now,
        codes={"region": region.code, "rows": len(pks)},
    )
    doubt.refresh_from_db()
    return doubt


@transaction.atomic
def reopen_doubt(key: UUID, *, actor: Person, now: datetime) -> Doubt:
    """Take back what a person settled: the row awaits a person again."""
    doubt, application = _locked(key, actor)
    if doubt.settled_at is None or doubt.settled_by is None:
        return doubt
    if doubt.code in OWNER_CODES:
        former = application.organisation_id
        application.organisation = None
        application.save(update_fields=["organisation"])
        if former:
            _recount([former])
    else:
        application.region = None
        application.save(update_fields=["region"])
    doubt.settled_at, doubt.settled_by = None, None
    doubt.save(update_fields=["settled_at", "settled_by"])
    record("application.doubt_reopened", about=application, actor=actor, at=now)
    return doubt


def _locked(key: UUID, actor: Person) -> tuple[Doubt, Application]:
    if not may_settle(actor):
        raise PermissionDenied
    doubt = Doubt.objects.get(key=key)
    application = Application.objects.select_for_update().get(pk=doubt.application_id)
    return Doubt.objects.select_for_update().get(pk=doubt.pk), application


def _enter(application: Application, numbers: Numbers, now: datetime) -> Organisation:
    """Enter the organisation that an application names, under numbers nobody has."""
    if not ids_free_for(numbers.ogrn, numbers.inn):
        raise Refused([Gap("number_taken", "number")])
    newcomer = Newcomer(
        name=name_as_filed(application) or numbers.ogrn or numbers.inn,
        ogrn=numbers.ogrn,
        inn=numbers.inn,
        region_id=application.region_id,
        municipality_id=application.municipality_id,
    )
    return register_organisations([newcomer], now=now)[0]


def _close(application: Application, codes: list[str], *, actor: Person, now: datetime) -> None:
    waiting = Doubt.objects.filter(application=application, code__in=codes, settled_at__isnull=True)
    waiting.update(settled_at=now, settled_by=actor)


def _recount(organisations: list[int]) -> None:
    filed, won = filed_and_won()
    write_counts(organisations, filed=filed, won=won)
