"""What is typed about accounts, invitations and consents."""

from sinergia.people.forms.invitations import InvitationForm

__all__ = ["InvitationForm"]
