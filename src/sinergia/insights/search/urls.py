"""Address of the search page."""

from django.urls import path

from sinergia.insights.search import views

app_name = "search"
urlpatterns = [path("search/", views.page, name="page")]
