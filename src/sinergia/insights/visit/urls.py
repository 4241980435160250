"""Addresses of a visit's papers."""

from django.urls import path

from sinergia.insights.visit import views

app_name = "booklets"
urlpatterns = [
    path("visits/<uuid:key>/booklet-<slug:language>.pdf", views.booklet, name="booklet"),
    path("visits/<uuid:key>/badges.pdf", views.badges, name="badges"),
]
