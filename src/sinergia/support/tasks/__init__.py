"""What the worker runs for help on the way, gathered where it looks for it."""

from sinergia.support.tasks.help import remind_steps, tell_appointed

__all__ = ["remind_steps", "tell_appointed"]
