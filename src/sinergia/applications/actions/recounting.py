"""Kept figures counted again from the rows they stand for."""

from django.db.models import F

from sinergia.applications.queries.filing import filed_and_won
from sinergia.organisations.actions import write_counts
from sinergia.organisations.models import Organisation

STEP = 200  # organisations: nobody's save waits longer than for one step


def recount_organisations() -> list[str]:
    """Mend how many applications organisations filed and won; give the keys of those mended."""
    filed, won = filed_and_won()
    counted = Organisation.objects.annotate(filed=filed, won=won).order_by("pk")
    wrong = counted.exclude(applications_count=F("filed"), won_count=F("won"))
    found = list(wrong.values_list("pk", "key"))
    for start in range(0, len(found), STEP):
        write_counts([pk for pk, _ in found[start : start + STEP]], filed=filed, won=won)
    return [str(key) for _, key in found]


def recount_organisation(key: str) -> None:
    """The same for one; an organisation that is no more has nothing to count."""
    filed, won = filed_and_won()
    rows = Organisation.objects.filter(key=key).values_list("pk", flat=True)
    write_counts(list(rows), filed=filed, won=won)
