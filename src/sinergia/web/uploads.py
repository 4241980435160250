"""Where files are sent in pieces: the views lie below the doors, so they get theirs here."""

from django.urls import path

from sinergia.base.files import views
from sinergia.people.http import for_signed_in

app_name = "files"
urlpatterns = [
    path("", for_signed_in(views.begin), name="begin"),
    path("<uuid:key>/", for_signed_in(views.upload), name="upload"),
]
