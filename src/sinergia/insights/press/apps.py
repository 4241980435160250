"""Press notes of what contests decided and of what grants came to."""

from django.apps import AppConfig


class PressInsightConfig(AppConfig):
    """Press notes of what contests decided and of what grants came to."""

    name = "sinergia.insights.press"
    label = "insights_press"
