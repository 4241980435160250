"""Messages to people, and messages to many."""

from sinergia.notices.models.mailings import Mailing, Recipient, Silence
from sinergia.notices.models.notices import Choice, Digest, Notice

__all__ = ["Choice", "Digest", "Mailing", "Notice", "Recipient", "Silence"]
