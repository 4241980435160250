"""Organisations, their numbers, and finding them by words."""

from collections.abc import Sequence

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length

from sinergia.base.search.queries import asked_words, rows_found
from sinergia.organisations.models import Identifier, Organisation

SHORTEST_NUMBER = 4  # digits from which a number is looked for by its beginning
INN_OF_ORGANISATION = 10  # digits; twelve are a person's
OGRN_OF_PERSON = 15  # digits; an organisation's has thirteen


def organisations() -> QuerySet[Organisation]:
    """The whole register, with places, in no order yet."""
    return Organisation.objects.select_related("region", "municipality")


def with_words(rows: QuerySet[Organisation], typed: str) -> QuerySet[Organisation]:
    """Those whose name holds every word, in any case form, or whose number begins so."""
    found = rows_found("organisation", typed)
    if found is None:
        return rows
    words = asked_words(typed)
    if len(words) == 1 and words[0].isdecimal() and len(words[0]) >= SHORTEST_NUMBER:
        # Joined by OR, PostgreSQL would ask both of every row of the register.
        named = Organisation.objects.filter(pk__in=found).order_by().values("pk")
        return rows.filter(pk__in=named.union(_with_number(words[0]), all=True))
    return rows.filter(pk__in=found)


def with_numbers(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Each with its public numbers beside it, as `ogrn` and `inn`."""
    return rows.annotate(
        ogrn=Subquery(number_of(Identifier.Scheme.OGRN, OuterRef("pk"))),
        inn=Subquery(number_of(Identifier.Scheme.INN, OuterRef("pk"))),
    )


def narrow(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """The same with their keys alone: what is sorted should be thin."""
    return rows.select_related(None).only("key")


def shown(rows: Sequence[Organisation]) -> list[Organisation]:
    """The same rows, in their order, with places and public numbers."""
    whole = with_numbers(organisations()).in_bulk([row.pk for row in rows])
    return [whole[row.pk] for row in rows if row.pk in whole]


def number_of(scheme: str, organisation: OuterRef) -> QuerySet[Identifier, str]:
    """An organisation's number in a register, but never a person's."""
    theirs = _public_numbers().filter(scheme=scheme, organisation=organisation)
    return theirs.values_list("value", flat=True)[:1]


def _with_number(beginning: str) -> QuerySet[Identifier, int]:
    """Organisations whose public number begins so; digits sort alike in every database."""
    after = str(int(beginning) + 1).zfill(len(beginning))
    # KPP left out, and told so, as in the index: many organisations share one.
    numbers = _public_numbers().exclude(scheme=Identifier.Scheme.KPP)
    known = [Identifier.Scheme.OGRN, Identifier.Scheme.INN]
    found = numbers.filter(scheme__in=known, value__gte=beginning)
    if len(after) == len(beginning):  # after 99…9 nothing follows
        found = found.filter(value__lt=after)
    return found.values_list("organisation", flat=True)


def _public_numbers() -> QuerySet[Identifier]:
    """All but the numbers of persons."""
    counted = Identifier.objects.annotate(digits=Length("value"))
    no_inn = Q(~Q(digits=INN_OF_ORGANISATION), scheme=Identifier.Scheme.INN)
    return counted.exclude(no_inn | Q(digits=OGRN_OF_PERSON, scheme=Identifier.Scheme.OGRN))
