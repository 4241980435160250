"""A visit on paper."""

from django.apps import AppConfig


class VisitInsightConfig(AppConfig):
    """A visit on paper, with what all rooms know of its hosts."""

    name = "sinergia.insights.visit"
    label = "insights_visit"
