"""Addresses of readings of drafts."""

from django.urls import path

from sinergia.support.views import readings

app_name = "readings"
urlpatterns = [
    path("readings/", readings.readings, name="readings"),
    path("readings/export.<str:form>", readings.export, name="export"),
    path("readings/<uuid:key>/", readings.reading, name="reading"),
    path("readings/<uuid:key>/promise/", readings.promise, name="promise"),
    path("readings/<uuid:key>/give/", readings.give, name="give"),
    path("readings/<uuid:key>/take-back/", readings.take_back, name="take_back"),
    path("projects/<uuid:key>/readings/", readings.project, name="project"),
]
