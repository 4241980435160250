"""Pages of the region seen along the thread."""

from django.apps import AppConfig


class RegionInsightConfig(AppConfig):
    """Pages of the region seen along the thread."""

    name = "sinergia.insights.region"
    label = "insights_region"
