"""Addresses of practices."""

from django.urls import path

from sinergia.practices.views import catalogue

app_name = "practices"
urlpatterns = [
    path("practices/", catalogue.catalogue, name="catalogue"),
    path("practices/export.<str:form>", catalogue.export, name="export"),
    path("practices/compare/", catalogue.compare, name="compare"),
]
from django.http import HttpResponse  # noqa
from sinergia.people.http import for_everyone  # noqa


@for_everyone
def _stub(request, key):
    return HttpResponse("")  # noqa


urlpatterns.append(path("practices/<uuid:key>/", _stub, name="practice"))
urlpatterns.append(path("x/<uuid:key>/", _stub, name="practicex"))
