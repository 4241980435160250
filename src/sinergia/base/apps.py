"""The ground floor."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate  # noqa: TID251  # SQLite's table remake drops triggers silently, and only this tells


class BaseConfig(AppConfig):
    """Journal, errands, tables, search, parts of pages."""

    name = "sinergia.base"

    def ready(self) -> None:
        """Make triggers again after every migrate."""
        from sinergia.base import guards  # models are not there before `ready`

        post_migrate.connect(guards.restore, sender=self, dispatch_uid="sinergia.base.guards")
