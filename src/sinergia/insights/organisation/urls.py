"""Addresses of the register and of an organisation's card."""

from django.urls import path

from sinergia.insights.organisation.views import card, listing

app_name = "organisations"
urlpatterns = [
    path("organisations/", listing.register, name="list"),
    path("organisations/export.<str:form>", listing.export, name="export"),
    path("organisations/<uuid:key>/", card.detail, name="detail"),
    path("organisations/<uuid:key>/glance/", card.glance, name="glance"),
]
