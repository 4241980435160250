"""Messages to people."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Messages: in the site, by e-mail, gathered in a daily letter, to many at once."""

    name = "sinergia.notices"
