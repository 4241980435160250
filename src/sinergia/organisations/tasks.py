"""What the worker runs for the register."""

from datetime import datetime

from django.utils import timezone

from sinergia.organisations.actions.doubles import find_doubles as look


def find_doubles(since: str = "") -> None:
    """Look for organisations entered twice: everywhere, or among those changed since a moment."""
    look(since=datetime.fromisoformat(since) if since else None, now=timezone.now())
