"""Applications that grew from what somebody saw elsewhere: a practice taken home, a visit."""

from django.db.models import Q

from sinergia.applications.models import Origin, Submission
from sinergia.exchange.access import commitments_told
from sinergia.exchange.models import Commitment
from sinergia.practices.queries.adoptions import told_adoptions
from sinergia.projects.models import Project


def grew_from_exchange() -> Q:
    """Those whose project began so, as far as everybody may know of it; the thread shows how."""
    commitments = Commitment.objects.filter(commitments_told()).values("pk")
    adoptions = told_adoptions().values("pk")
    grown = Project.objects.filter(
        Q(adoption__in=adoptions) | Q(commitment__in=commitments), removed_at=None
    ).values("pk")
    here = Submission.objects.filter(project__in=grown).exclude(application=None)
    elsewhere = Origin.objects.filter(project__in=grown, application__submission=None)
    return Q(pk__in=here.values("application")) | Q(pk__in=elsewhere.values("application"))
