"""Addresses of the register's inside: what its people and centres do there."""

from django.urls import path

from sinergia.organisations.views import doubles

app_name = "register"
urlpatterns = [
    path("doubles/", doubles.pairs, name="doubles"),
    path("doubles/<uuid:one>/<uuid:other>/", doubles.compare, name="compare"),
    path("doubles/<uuid:one>/<uuid:other>/merge/", doubles.merge, name="merge"),
    path("doubles/<uuid:key>/apart/", doubles.tell_apart, name="tell_apart"),
    path("doubles/<uuid:key>/again/", doubles.ask_again, name="ask_again"),
    path("merges/", doubles.merges, name="merges"),
    path("merges/<uuid:key>/", doubles.merge_done, name="merge_done"),
    path("merges/<uuid:key>/undo/", doubles.undo, name="undo_merge"),
    path("organisations/<uuid:key>/split/", doubles.split, name="split"),
]
