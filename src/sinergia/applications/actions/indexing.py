"""Keeping the words by which applications are found."""

import json
from collections.abc import Sequence

from sinergia.applications.models import Application, OutsideRecord
from sinergia.base.search.actions import Findable, Searched

KIND = "application"


def findable(pk: int, *, title: str, number: str, organisation: str) -> Findable:
    """By its title, its number and the organisation as filed."""
    return Findable(pk, title or number, f"{number} {organisation}")


def searched_applications() -> Searched:
    """All that is found of applications, to check the index by."""
    return Searched(KIND, Application.objects.all(), _findables)


def _findables(applications: Sequence[Application]) -> list[Findable]:
    records = OutsideRecord.objects.filter(
        application__in=[one.pk for one in applications], is_current=True
    )
    filed: dict[int, dict[str, str]] = {
        pk: json.loads(bytes(content))["values"]
        for pk, content in records.values_list("application_id", "content")
        if content  # an erased row says nothing more
    }
    return [
        findable(
            one.pk,
            title=filed.get(one.pk, {}).get("title", one.title),
            number=one.number,
            organisation=filed.get(one.pk, {}).get("organisation", ""),
        )
        for one in applications
    ]
