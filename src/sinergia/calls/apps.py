"""The floor of calls."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """The floor of calls."""

    name = "sinergia.calls"
