"""The room of drafts."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """The room of drafts: no tables of its own."""

    name = "sinergia.base.drafts"
    label = "drafts"
