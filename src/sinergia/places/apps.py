"""The floor of places."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """The floor of places."""

    name = "sinergia.places"
