"""What is held about a person, and its erasure."""

from django.apps import AppConfig


class PersonInsightConfig(AppConfig):
    """What is held about a person, and its erasure."""

    name = "sinergia.insights.person"
    label = "insights_person"
