"""The one search page."""

from django.apps import AppConfig


class SearchInsightConfig(AppConfig):
    """The one search page."""

    name = "sinergia.insights.search"
    label = "insights_search"
