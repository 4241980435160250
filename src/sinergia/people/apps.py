"""The floor of accounts."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts."""

    name = "sinergia.people"
