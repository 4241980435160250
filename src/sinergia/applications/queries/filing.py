"""What is known before a row is filed: its application, whose numbers are whose, what awaits."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from sinergia.applications.models import Application, Doubt, OutsideRecord
from sinergia.applications.queries.filters import OUTCOMES
from sinergia.calls.models import Direction, Fund, StatusWord


@dataclass(slots=True)
class Known:
    """An application as it stands, and each version's digest."""

    pk: int
    organisation_id: int | None
    region_id: int | None
    current: str = ""
    versions: dict[str, int] = field(default_factory=dict)  # digest to version
    last_version: int = 0
    doubts: set[str] = field(default_factory=set)  # codes of open ones


def known_applications(fund: Fund, numbers: Sequence[str]) -> dict[str, Known]:
    """Applications of a fund by their numbers, in three queries."""
    rows = Application.objects.filter(fund=fund, number__in=numbers)
    known: dict[str, Known] = {}
    columns = ("number", "pk", "organisation_id", "region_id")
    for number, pk, organisation, region in rows.values_list(*columns):
        known[number] = Known(pk, organisation, region)
    if not known:
        return known
    by_pk = {one.pk: one for one in known.values()}
    records = OutsideRecord.objects.filter(application__in=by_pk)
    for pk, digest, version, is_current in records.values_list(
        "application_id", "digest", "version", "is_current"
    ):
        one = by_pk[pk]
        one.versions[digest] = version
        one.last_version = max(one.last_version, version)
        one.current = digest if is_current else one.current
    open_doubts = Doubt.objects.filter(application__in=by_pk, settled_at__isnull=True)
    for pk, code in open_doubts.values_list("application_id", "code"):
        by_pk[pk].doubts.add(code)
    return known


def keys_by_number(fund_code: str, numbers: Sequence[str]) -> dict[str, UUID]:
    """Keys of a fund's applications by their numbers."""
    rows = Application.objects.filter(fund__code=fund_code, number__in=numbers)
    return dict(rows.order_by("pk").values_list("number", "key"))


def directions_known(fund: Fund) -> set[str]:
    """Directions that a fund has used until now, folded."""
    return set(Direction.objects.filter(fund=fund).values_list("name_folded", flat=True))


def outcomes_of(fund: Fund) -> dict[str, str]:
    """What a fund's words for the state of an application mean: folded word to outcome."""
    words = StatusWord.objects.filter(fund=fund)
    return dict(words.values_list("word_folded", "outcome"))


def filed_and_won() -> tuple[Coalesce, Coalesce]:
    """How many applications an organisation filed and won, as expressions over its row."""
    theirs = (
        Application.objects.filter(organisation=OuterRef("pk")).order_by().values("organisation")
    )
    filed = theirs.annotate(number=Count("pk")).values("number")
    won = theirs.filter(outcome__in=OUTCOMES["won"]).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(filed), 0), Coalesce(Subquery(won), 0)
