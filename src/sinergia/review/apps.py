"""The floor of review."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """The floor of review."""

    name = "sinergia.review"
