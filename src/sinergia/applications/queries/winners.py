"""Organisations behind applications: whose rows a filter names."""

from django.db.models import Exists, OuterRef, QuerySet

from sinergia.applications.queries.filters import ApplicationFilter, applications
from sinergia.organisations.models import Organisation


def organisations_with(asked: ApplicationFilter) -> QuerySet[Organisation]:
    """Organisations of the rows that `asked` names, each once, in no order yet.

    As many as there are different organisations in `applications(asked)`; rows that await a
    person have none.
    """
    theirs = applications(asked).filter(organisation=OuterRef("pk"))
    return Organisation.objects.filter(Exists(theirs))


def winners(asked: ApplicationFilter) -> QuerySet[Organisation]:
    """Those of them that won."""
    return organisations_with(asked.with_(outcome="won"))


def new_winners(asked: ApplicationFilter) -> QuerySet[Organisation]:
    """Those whose win had none before it in an earlier year, of the fund where one is named."""
    return winners(asked.with_(winner="new"))


def repeated_winners(asked: ApplicationFilter) -> QuerySet[Organisation]:
    """Those that had won in an earlier year; in one year, all winners but the new ones."""
    return winners(asked.with_(winner="repeated"))


def several_winners(asked: ApplicationFilter) -> QuerySet[Organisation]:
    """Those with more than one win, whichever year the others are of."""
    return winners(asked.with_(winner="several"))
