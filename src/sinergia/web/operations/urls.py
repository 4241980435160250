"""Addresses for whoever keeps the installation running."""

from django.urls import path

from sinergia.web.operations import views

app_name = "operations"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("operations/", views.status, name="status"),
    path("operations/errands/", views.errands, name="errands"),
    path("operations/errands/<uuid:key>/again/", views.run_again, name="run_again"),
    path("operations/errands/<uuid:key>/give-up/", views.give_up, name="give_up"),
    path("operations/errands/all/<str:name>/", views.run_all_again, name="run_all_again"),
]
