"""How what awaits a person is read."""

import json

from django.db.models import QuerySet

from sinergia.applications.models import Application, Doubt, OutsideRecord
from sinergia.base.search.queries import rows_found
from sinergia.base.tables.headings import grants_fields
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.identifiers import organisation_by_number

PROPOSED = 5  # organisations offered for a row


def open_doubts() -> QuerySet[Doubt]:
    """What awaits a person."""
    waiting = Doubt.objects.filter(settled_at__isnull=True)
    return waiting.select_related("application__fund", "application__region")


def settled_doubts() -> QuerySet[Doubt]:
    """What people settled, newest first: each can be taken back."""
    done = Doubt.objects.filter(settled_at__isnull=False, settled_by__isnull=False)
    return done.select_related(
        "application__fund", "application__region", "application__organisation"
    ).order_by("-settled_at", "-pk")


def doubts() -> QuerySet[Doubt]:
    """Open and settled ones."""
    return Doubt.objects.select_related(
        "application__fund", "application__call", "application__region"
    )


def cells_of(application: Application) -> dict[str, str]:
    """Every cell of the current row as filed: field to text, in the order of a fund's table."""
    record = OutsideRecord.objects.filter(application=application, is_current=True).first()
    values: dict[str, str] = json.loads(bytes(record.content))["values"] if record else {}
    known = [field.code for field in grants_fields() if field.code in values]
    return {code: values[code] for code in dict.fromkeys([*known, *sorted(values)])}


def name_as_filed(application: Application) -> str:
    """What a row calls its organisation."""
    return cells_of(application).get("organisation", "")[:500]


def proposed_owners(application: Application) -> list[Organisation]:
    """Organisations with the row's name, those of its region first: proposed, never taken."""
    found = rows_found("organisation", name_as_filed(application))
    if found is None:
        return []
    named = list(
        Organisation.objects.filter(pk__in=found)
        .select_related("region")
        .prefetch_related("identifiers")
        .order_by("pk")[: PROPOSED * 4]
    )
    named.sort(key=lambda one: one.region_id != application.region_id)
    return named[:PROPOSED]


def ids_free_for(ogrn: str, inn: str) -> bool:
    """Whether nobody has these numbers yet, and there is one at all."""
    return bool(ogrn or inn) and organisation_by_number(ogrn, inn) is None


def same_spelling(spelling: str) -> QuerySet[Application]:
    """Applications that await a person because their region is written so."""
    waiting = Doubt.objects.filter(code="region_unknown", value=spelling, settled_at__isnull=True)
    return Application.objects.filter(pk__in=waiting.values("application"))


def organisation_by(key: str) -> Organisation:
    """One organisation; raises Organisation.DoesNotExist."""
    return Organisation.objects.get(key=key)
