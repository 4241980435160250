"""The floor of exchange."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The floor of exchange."""

    name = "sinergia.exchange"
