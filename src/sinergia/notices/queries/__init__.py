"""How messages are read."""

from sinergia.notices.queries.held import Held, held_about
from sinergia.notices.queries.notices import unseen_count

__all__ = ["Held", "held_about", "unseen_count"]
