"""The way of a region's own contests, from an application to its result."""

from django.apps import AppConfig


class FunnelInsightConfig(AppConfig):
    """The way of a region's own contests, from an application to its result."""

    name = "sinergia.insights.funnel"
    label = "insights_funnel"
