"""Addresses of figures by ten o'clock, and of how far a region trusts its non-profits."""

from django.urls import path

from sinergia.insights.official.views import page, trust

app_name = "official"
urlpatterns = [
    path("figures/", page.page, name="page"),
    path("figures/figures.docx", page.docx, name="docx"),
    path("figures/rows/<slug:kind>/<slug:of>/", page.rows, name="rows"),
    path("figures/visits/<uuid:key>/results/", page.results, name="results"),
    path("regions/<str:code>/trust/", trust.history, name="trust"),
    path("regions/<str:code>/trust/enter/", trust.enter, name="enter_trust"),
    path("regions/<str:code>/trust/<slug:on>/remove/", trust.remove, name="remove_trust"),
]
