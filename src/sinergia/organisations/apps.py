"""The floor of organisations."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """The floor of organisations."""

    name = "sinergia.organisations"
