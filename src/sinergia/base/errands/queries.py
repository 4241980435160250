"""How promises are read."""

from datetime import datetime

from django.db.models import Q, QuerySet

from sinergia.base.errands.models import Errand


def waiting_errands(now: datetime) -> QuerySet[Errand]:
    """Errands that are due and free, or whose runner died, oldest first."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    open_ones = Errand.objects.filter(done_at__isnull=True, given_up_at__isnull=True)
    return open_ones.filter(free, run_after__lte=now).order_by("run_after", "pk")


def given_up_errands() -> QuerySet[Errand]:
    """Errands that failed too often and wait for a person, oldest first."""
    return Errand.objects.filter(given_up_at__isnull=False).order_by("given_up_at", "pk")
