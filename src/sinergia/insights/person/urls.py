"""Addresses of what is held about a person."""

from django.urls import path

from sinergia.insights.person import views

app_name = "held"
urlpatterns = [
    path("account/held/", views.held, name="held"),
    path("account/held/file/", views.extract, name="extract"),
    path("account/erase/", views.erase, name="erase"),
    path("people/<uuid:key>/erase/", views.erase_other, name="erase_other"),
    path("erasures/<uuid:key>/", views.act, name="act"),
]
