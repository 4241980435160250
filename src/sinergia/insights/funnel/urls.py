"""Addresses of the way of a region's own contests."""

from django.urls import path

from sinergia.insights.funnel.views import pages

app_name = "funnel"
urlpatterns = [
    path("regions/<str:code>/contests/", pages.funnel, name="funnel"),
    path("regions/<str:code>/contests/<slug:step>/", pages.rows, name="rows"),
    path("regions/<str:code>/contests/<slug:step>/export.<str:form>", pages.export, name="export"),
]
