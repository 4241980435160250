"""Rows of the list and of its file, with what a line of them shows."""

from collections.abc import Sequence

from django.db.models import OuterRef, QuerySet, Subquery

from sinergia.base.bulk import numbers_given
from sinergia.insights.organisation.queries.facets import Counts
from sinergia.insights.organisation.queries.filters import OrganisationFilter, Reader
from sinergia.insights.organisation.queries.rows import found, met_by
from sinergia.organisations.models import Card, CentreRegion, Organisation, Reach
from sinergia.organisations.queries import narrow, organisations, with_numbers

FEW = 1_000  # rows that are looked up before they are sorted


def listed(
    asked: OrganisationFilter, reader: Reader, counts: Counts, *, by_met: bool
) -> QuerySet[Organisation]:
    """The rows in no order yet: few with all that a line of the list shows, many by their keys.

    Few among many are looked up first: walking a whole index for them takes a database long.
    """
    rows = narrow(found(asked, reader))
    if counts.total == 0:
        return rows.none()
    if counts.total <= FEW and asked.values:
        pks = rows.order_by().values_list("pk", flat=True)
        return _whole(reader).filter(pk__in=numbers_given(pks))
    return _met(rows, reader) if by_met else rows


def whole(rows: Sequence[Organisation], reader: Reader) -> list[Organisation]:
    """The same rows, in their order, with all that a line of the list shows."""
    if rows and "name" not in rows[0].get_deferred_fields():
        return list(rows)
    known = _whole(reader).in_bulk([row.pk for row in rows])
    return [known[row.pk] for row in rows if row.pk in known]


def _whole(reader: Reader) -> QuerySet[Organisation]:
    return _met(with_numbers(organisations()), reader)


def exported(asked: OrganisationFilter, reader: Reader) -> QuerySet[Organisation]:
    """The rows with all that a line of the file holds, in no order yet.

    Ways to reach an organisation are given to the centre that serves its region, and to nobody
    else; a site, where its people do not hide it.
    """
    rows = _met(with_numbers(found(asked, reader)), reader).select_related(
        "region", "municipality", "legal_form"
    )
    if not reader.centre_id:
        return rows
    served = CentreRegion.objects.filter(centre=reader.centre_id, region=OuterRef("region"))
    hides = Card.objects.filter(organisation=OuterRef("pk"), shows_site=False)
    return rows.annotate(
        is_ours=Subquery(served.values("pk")[:1]),
        hides_site=Subquery(hides.values("pk")[:1]),
        phone=Subquery(_first(Reach.Kind.PHONE)),
        email=Subquery(_first(Reach.Kind.EMAIL)),
    )


def _first(kind: str) -> QuerySet[Reach, str]:
    ways = Reach.objects.filter(organisation=OuterRef("pk"), kind=kind).order_by("place", "pk")
    return ways.values_list("value", flat=True)[:1]


def _met(rows: QuerySet[Organisation], reader: Reader) -> QuerySet[Organisation]:
    """Each with the day on which the reader's centre met it last."""
    if not reader.centre_id:
        return rows
    met = met_by(reader).filter(organisation=OuterRef("pk"))
    return rows.annotate(met_on=Subquery(met.values("met_on")[:1]))
