"""Addresses of the thread: of anything in it, by its kind and key."""

from django.urls import path

from sinergia.insights.thread import views

app_name = "thread"
urlpatterns = [
    path("thread/agreement/<uuid:key>/", views.agreement, name="followed"),
    path("thread/<slug:kind>/<uuid:key>/", views.thread, name="thread"),
    path("thread/<slug:kind>/<uuid:key>/export.<str:form>", views.export, name="export"),
]
