"""Addresses of the register and of an organisation's card."""

from django.urls import path

from sinergia.insights.organisation.views import card, closing, journey, listing, message, saved

app_name = "organisations"
urlpatterns = [
    path("organisations/", listing.register, name="list"),
    path("organisations/export.<str:form>", listing.export, name="export"),
    path("organisations/message/", message.message, name="message"),
    path("organisations/filters/", saved.saved, name="saved"),
    path("organisations/filters/<uuid:key>/", saved.rename, name="rename_saved"),
    path("organisations/filters/<uuid:key>/remove/", saved.remove, name="remove_saved"),
    path("organisations/journeys/", journey.listing, name="journeys"),
    path("organisations/journeys/export.<str:form>", journey.export, name="export_journeys"),
    path("organisations/<uuid:key>/journey/", journey.journey, name="journey"),
    path("organisations/closed/", closing.closed, name="closed"),
    path("organisations/<uuid:key>/open/", closing.still_open, name="open"),
    path("organisations/<uuid:key>/inside/status/", closing.status, name="status"),
    path("organisations/<uuid:key>/", card.detail, name="detail"),
    path("organisations/<uuid:key>/glance/", card.glance, name="glance"),
]
