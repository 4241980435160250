"""What a reader may find, and the rows that were found, each room's in one query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import get_language

from sinergia.applications.actions.indexing import KIND as APPLICATION
from sinergia.applications.models import Application
from sinergia.base.search.queries import Rows
from sinergia.calls.actions.indexing import CALL, FUND
from sinergia.calls.models import Call, Fund
from sinergia.calls.queries import calls_shown
from sinergia.exchange.access import seen_by
from sinergia.exchange.actions.indexing import AGREEMENT, PROGRAMME, VISIT
from sinergia.exchange.models import PartnershipAgreement, Programme, Visit
from sinergia.organisations.actions.indexing import KIND as ORGANISATION
from sinergia.organisations.actions.notes import KIND as NOTE
from sinergia.organisations.models import CentreRegion, Contact, Note, Organisation, Post
from sinergia.organisations.queries import organisations, with_numbers
from sinergia.organisations.queries.contacts import KIND as CONTACT
from sinergia.places.actions.indexing import MUNICIPALITY, REGION, THEME
from sinergia.places.models import Municipality, Region, Theme
from sinergia.practices.models import Practice
from sinergia.practices.queries.catalogue import KIND as PRACTICE
from sinergia.practices.queries.catalogue import published

WEIGHED = frozenset({ORGANISATION})  # kinds of which some rows go before others

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Reader:
    """Who searches. centre_id, organisation_id: as whose staff or team they look; 0 for none."""

    centre_id: int = 0
    organisation_id: int = 0


@dataclass(frozen=True)
class Named:
    """A place or a fund's thing: what it is called in the reader's language, and where it is.

    address: a code or a key; inside: the name of the region or fund it belongs to, and
    inside_code: its code; is_held: whether it is a contest that has a page of its own.
    """

    kind: str
    pk: int
    address: str
    name: str
    name_ru: str
    inside: str
    inside_code: str
    year: int
    is_held: int


def rows_for(reader: Reader) -> dict[str, Rows]:
    """Everything that a reader may find, by kind: hits are looked for in these rows alone."""
    rows: dict[str, Rows] = {
        ORGANISATION: organisations_for(reader),
        APPLICATION: Application.objects.all(),
        REGION: Region.objects.all(),
        MUNICIPALITY: Municipality.objects.all(),
        FUND: Fund.objects.all(),
        CALL: calls_shown(),
        THEME: Theme.objects.all(),
        PRACTICE: published(),
        **exchange_for(reader),
    }
    if reader.centre_id:
        rows[CONTACT] = Contact.objects.filter(centre=reader.centre_id)
        rows[NOTE] = Note.objects.filter(
            centre=reader.centre_id, organisation__in=organisations_for(reader)
        )
    return rows


def exchange_for(reader: Reader) -> dict[str, Rows]:
    """Programmes, agreements and visits: what is published; for staff all of their centre."""
    theirs = Q(centre=reader.centre_id) if reader.centre_id else Q(pk=None)
    shown = Q(is_public=True) | theirs
    return {
        PROGRAMME: Programme.objects.filter(shown, removed_at=None),
        AGREEMENT: PartnershipAgreement.objects.filter(shown, removed_at=None),
        VISIT: Visit.objects.filter(seen_by(None) | theirs, course__removed_at=None),
    }


def organisations_for(reader: Reader) -> QuerySet[Organisation]:
    """The public register; for staff all of their regions, for a team its own one."""
    seen = Q(is_public=True)
    if reader.centre_id:
        served = CentreRegion.objects.filter(centre=reader.centre_id)
        seen |= Q(region__in=served.values("region"))
    if reader.organisation_id:
        seen |= Q(pk=reader.organisation_id)
    return Organisation.objects.filter(seen)


def found_organisations(pks: Sequence[int]) -> list[Organisation]:
    """With places and public numbers, in this order."""
    return _in_order(with_numbers(organisations()), pks)


def found_applications(pks: Sequence[int], reader: Reader) -> list[Application]:
    """With funds, regions and organisations, in this order; `is_named`: whether the reader sees it.

    A hidden organisation is named to its own people and its centre alone.
    """
    rows = Application.objects.select_related("fund", "region", "organisation")
    named = organisations_for(reader).filter(pk=OuterRef("organisation"))
    return _in_order(rows.annotate(is_named=Exists(named)), pks)


def found_practices(pks: Sequence[int]) -> list[Practice]:
    """With regions, themes and organisations, in this order."""
    related = ("region", "theme", "organisation", "foreign__feed")
    return _in_order(Practice.objects.select_related(*related), pks)


def found_contacts(pks: Sequence[int]) -> list[Contact]:
    """Each with its first post in protocol order as `post_title` and `post_body`."""
    first = Post.objects.filter(contact=OuterRef("pk")).order_by("rank", "pk")
    rows = Contact.objects.annotate(
        post_title=Subquery(first.values("title")[:1]), post_body=Subquery(first.values("body")[:1])
    )
    return _in_order(rows, pks)


def found_notes(pks: Sequence[int]) -> list[Note]:
    """With the organisations they are about, in this order; `is_served`: by whoever wrote it."""
    served = CentreRegion.objects.filter(
        centre=OuterRef("centre"), region=OuterRef("organisation__region")
    )
    rows = Note.objects.select_related("organisation").annotate(is_served=Exists(served))
    return _in_order(rows, pks)


def found_places(pks: Mapping[str, Sequence[int]]) -> list[Named]:
    """Regions, municipalities and themes by {kind: numbers of rows}; one query."""
    of_region = [_name("region__"), F("region__code")]
    regions = Region.objects.filter(pk__in=pks.get(REGION, []))
    towns = Municipality.objects.filter(pk__in=pks.get(MUNICIPALITY, []))
    themes = Theme.objects.filter(pk__in=pks.get(THEME, []))
    return _named(
        _row(regions, REGION, F("code"), [_name(), F("name_ru")], [_text(""), _text("")]),
        _row(towns, MUNICIPALITY, _key(), [_name(), F("name_ru")], of_region),
        _row(themes, THEME, _key(), [_name(), F("name_ru")], of_region),
        order=pks,
    )


def found_contests(pks: Mapping[str, Sequence[int]]) -> list[Named]:
    """Funds and their contests by {kind: numbers of rows}; one query."""
    funds = Fund.objects.filter(pk__in=pks.get(FUND, []))
    calls = Call.objects.filter(pk__in=pks.get(CALL, []))
    held = Case(When(contest__isnull=False, then=Value(1)), default=Value(0))
    of_fund = [_name("fund__"), F("fund__code")]
    return _named(
        _row(funds, FUND, F("code"), [_name(), F("name_ru")], [_text(""), _text("")]),
        _row(
            calls,
            CALL,
            _key(),
            [F("name"), F("name")],
            of_fund,
            year=F("contest_year"),
            held=held,
        ),
        order=pks,
    )


def found_exchange(pks: Mapping[str, Sequence[int]]) -> list[Named]:
    """Programmes, agreements and visits by {kind: numbers of rows}; one query."""
    programmes = Programme.objects.filter(pk__in=pks.get(PROGRAMME, []))
    agreements = PartnershipAgreement.objects.filter(pk__in=pks.get(AGREEMENT, []))
    visits = Visit.objects.filter(pk__in=pks.get(VISIT, []))
    nowhere = [_text(""), _text("")]
    of_region = [_name("to_region__"), F("to_region__code")]
    return _named(
        _row(programmes, PROGRAMME, _key(), [_name(), F("name_ru")], nowhere),
        _row(agreements, AGREEMENT, _key(), [F("subject"), F("subject")], nowhere),
        _row(visits, VISIT, _key(), [F("name"), F("name")], of_region),
        order=pks,
    )


def _in_order(rows: QuerySet[Row], pks: Sequence[int]) -> list[Row]:
    found = rows.in_bulk(pks)
    return [found[pk] for pk in pks if pk in found]


def _named(*parts: QuerySet[Any, Any], order: Mapping[str, Sequence[int]]) -> list[Named]:
    """The rows of all parts, each kind in its order, kinds in the order of `order`."""
    found = {(kind, pk): Named(kind, pk, *rest) for kind, pk, *rest in parts[0].union(*parts[1:])}
    wanted = [(kind, pk) for kind, pks in order.items() for pk in pks]
    return [found[one] for one in wanted if one in found]


def _row(  # the columns of `Named`
    rows: QuerySet[Row],
    kind: str,
    address: Combinable,
    names: Sequence[Combinable],
    inside: Sequence[Combinable],
    **more: Combinable,
) -> QuerySet[Any, Any]:
    year, held = more.get("year", Value(0)), more.get("held", Value(0))
    return rows.order_by().values_list(_text(kind), "pk", address, *names, *inside, year, held)


def _text(value: str) -> Value:
    return Value(value, CharField())


def _key() -> Cast:
    return Cast("key", CharField())


def _name(inside: str = "") -> Combinable:
    """A name in the reader's language, in Russian where there is no other."""
    if get_language() != "en":
        return F(f"{inside}name_ru")
    return Coalesce(NullIf(F(f"{inside}name_en"), _text("")), F(f"{inside}name_ru"))
