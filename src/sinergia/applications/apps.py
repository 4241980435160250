"""The floor of applications."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """The floor of applications."""

    name = "sinergia.applications"
