"""Addresses of accounts."""

from django.urls import path

from sinergia.people import views

app_name = "people"
urlpatterns = [
    path("language/", views.language, name="language"),
    path("first/<uuid:key>/<str:token>/", views.first, name="first"),
]
