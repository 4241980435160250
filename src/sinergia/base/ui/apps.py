"""Parts of pages."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, styles, scripts and template filters that every feature uses."""

    name = "sinergia.base.ui"
    label = "ui"
