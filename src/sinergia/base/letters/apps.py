"""Letters."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Letters on their way, and the mailboxes that took none."""

    name = "sinergia.base.letters"
    label = "letters"
