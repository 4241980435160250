"""Pages of the organisation seen along the thread."""

from django.apps import AppConfig


class OrganisationInsightConfig(AppConfig):
    """Pages of the organisation seen along the thread."""

    name = "sinergia.insights.organisation"
    label = "insights_organisation"
