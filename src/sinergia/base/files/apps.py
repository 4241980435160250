"""Files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files that people send: checked, kept privately, given out by the rooms that ask access."""

    name = "sinergia.base.files"
    label = "files"
