"""The top floor."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Settings, addresses, home, demo."""

    name = "sinergia.web"
