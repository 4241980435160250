"""The thread, seen whole."""

from django.apps import AppConfig


class ThreadInsightConfig(AppConfig):
    """The thread, seen whole."""

    name = "sinergia.insights.thread"
    label = "insights_thread"
