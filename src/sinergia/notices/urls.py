"""Addresses of messages."""

from django.urls import path

from sinergia.notices.views import links, notices

app_name = "notices"
urlpatterns = [
    path("notices/", notices.notices, name="list"),
    path("notices/seen/", notices.seen_all, name="seen_all"),
    path("notices/choices/", notices.choices, name="choices"),
    path("notices/choices/trust/", notices.trust, name="trust"),
    path("notices/<uuid:key>/", notices.notice, name="detail"),
    path("notices/<uuid:key>/seen/", notices.seen, name="seen"),
    path("n/<uuid:key>/<str:token>/", links.link, name="link"),
    path("n/<uuid:key>/<str:token>/stop/", links.stop, name="stop"),
]
