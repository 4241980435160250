"""Addresses of regions in figures."""

from django.urls import path

from sinergia.insights.region.views import pages, papers

app_name = "regions"
urlpatterns = [
    path("regions/", pages.comparison, name="list"),
    path("regions/<str:code>/", pages.detail, name="detail"),
    path("regions/<str:code>/brief.docx", papers.docx, name="docx"),
    path("regions/<str:code>/brief.pdf", papers.pdf, name="pdf"),
]
