"""Keeping the words by which organisations are found."""

from sinergia.base.search.actions import index_rows
from sinergia.base.search.models import Indexed
from sinergia.organisations.models import FormerName, Identifier, Organisation

KIND = "organisation"


def index_organisation(organisation: Organisation) -> None:
    """Make an organisation findable by what it is called now, was called, and its numbers."""
    numbers = dict(
        Identifier.objects.filter(organisation=organisation).values_list("scheme", "value")
    )
    former = FormerName.objects.filter(organisation=organisation).values_list("name", flat=True)
    names = " ".join([organisation.name, organisation.short_name, *former])
    ogrn, inn = numbers.get(Identifier.Scheme.OGRN, ""), numbers.get(Identifier.Scheme.INN, "")
    index_rows(KIND, [(organisation.pk, search_text(names, ogrn, inn))])


def forget_organisation(organisation: Organisation) -> None:
    """Take an organisation out of the index."""
    Indexed.objects.filter(kind=KIND, row=organisation.pk).delete()


def search_text(name: str, ogrn: str, inn: str) -> str:
    """What an organisation is found by; a person's number is not searched."""
    return f"{name} {ogrn} {inn if len(inn) == 10 else ''}"
