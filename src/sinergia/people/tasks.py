"""What the worker runs for accounts."""

from django.utils import timezone

from sinergia.people.actions.erasing import forget_unopened_accounts


def forget_unopened() -> None:
    """Forget accounts whose address nobody confirmed."""
    forget_unopened_accounts(now=timezone.now())
