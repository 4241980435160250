"""The floor of practices."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    """The floor of practices."""

    name = "sinergia.practices"
