"""Addresses of the register and of an organisation's card."""

from django.urls import path

from sinergia.insights.organisation import views

app_name = "organisations"
urlpatterns = [
    path("organisations/", views.register, name="list"),
    path("organisations/export.<str:form>", views.export, name="export"),
    path("organisations/<uuid:key>/", views.detail, name="detail"),
]
