"""A region's figures by ten o'clock, for those who have to say them aloud."""

from django.apps import AppConfig


class OfficialInsightConfig(AppConfig):
    """A region's figures by ten o'clock, for those who have to say them aloud."""

    name = "sinergia.insights.official"
    label = "insights_official"
