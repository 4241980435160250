"""The floor of projects."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """The floor of projects."""

    name = "sinergia.projects"
