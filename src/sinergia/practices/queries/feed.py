"""Our own feed: the changes of what everybody reads, the oldest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from sinergia.organisations.models import Centre
from sinergia.practices.models import Change, Practice
from sinergia.practices.queries.writing import read_all


@dataclass(frozen=True)
class Told:
    """One change. values: what everybody reads, by path; none of what stands there no more."""

    change: Change
    values: Mapping[str, str] | None

    @property
    def practice(self) -> Practice:
        """What changed."""
        return self.change.practice


def changes_after(number: int, *, most: int) -> list[Told]:
    """The next changes behind one, whatever became of the practice; people to ask are left out."""
    related = ("practice__organisation", "practice__region", "practice__theme")
    rows = Change.objects.filter(number__gt=number).select_related(*related)
    changes = list(rows.order_by("number")[:most])
    standing = [one.practice for one in changes if stands(one.practice)]
    texts = {pk: told.values for pk, told in read_all(standing).items()}
    return [Told(one, _without_people(one.practice, texts.get(one.practice_id))) for one in changes]


def last_change() -> tuple[int, datetime | None]:
    """The number and the moment of the last change; 0 where there is none."""
    told = Change.objects.aggregate(Max("number"), Max("at"))
    return told["number__max"] or 0, told["at__max"]


def stands(practice: Practice) -> bool:
    """Whether it is one of ours that stands in the catalogue."""
    is_there = practice.stage == Practice.Stage.PUBLISHED and practice.removed_at is None
    return is_there and practice.organisation_id is not None


def names_of_centres() -> list[str]:
    """How the centres that work here are called, the first two."""
    rows = Centre.objects.select_related("organisation").order_by("pk")[:2]
    return [one.organisation.short_name or one.organisation.name for one in rows]


def _without_people(
    practice: Practice, values: Mapping[str, str] | None
) -> Mapping[str, str] | None:
    """The theme by its name: its key means nothing elsewhere."""
    if values is None:
        return None
    kept = {path: text for path, text in values.items() if not path.startswith("contacts/")}
    kept.pop("theme", None)
    return kept | ({"theme": practice.theme.name_ru} if practice.theme is not None else {})
