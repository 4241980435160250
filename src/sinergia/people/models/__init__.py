"""Tables of accounts, invitations and consents."""

from sinergia.people.models.accounts import Person, PersonManager
from sinergia.people.models.consents import Consent, ConsentText
from sinergia.people.models.invitations import Invitation

__all__ = ["Consent", "ConsentText", "Invitation", "Person", "PersonManager"]
