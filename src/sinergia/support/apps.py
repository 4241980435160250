"""The floor of help: consultations, trainings, readings of drafts."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """The floor of help."""

    name = "sinergia.support"
