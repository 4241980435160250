"""An organisation under its lock, for those who write what the register says of it."""

from django.core.exceptions import PermissionDenied

from sinergia.organisations.access import may_keep
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person


def kept_locked(organisation: Organisation, actor: Person) -> Organisation:
    """An organisation under its lock, for whoever keeps it; others are refused."""
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not may_keep(actor, held):
        raise PermissionDenied
    return held
