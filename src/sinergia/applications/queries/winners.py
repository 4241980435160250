"""Organisations behind applications: whose rows a filter names."""

from django.db.models import QuerySet

from sinergia.applications.queries.filters import ApplicationFilter, applications
from sinergia.organisations.models import Organisation


def organisations_with(asked: ApplicationFilter) -> QuerySet[Organisation]:
    """Organisations of the rows that `asked` names, each once, in no order yet.

    As many as there are different organisations in `applications(asked)`; rows that await a
    person have none.
    """
    # Not Exists: rows that are asked for are fewer than organisations to ask it of.
    theirs = applications(asked).filter(organisation__isnull=False)
    return Organisation.objects.filter(pk__in=theirs.order_by().values("organisation"))
