"""The floor of grants."""

from django.apps import AppConfig


class GrantsConfig(AppConfig):
    """The floor of grants."""

    name = "sinergia.grants"
