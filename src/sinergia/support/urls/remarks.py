"""Addresses of remarks beside projects."""

from django.urls import path

from sinergia.support.views import remarks

app_name = "remarks"
urlpatterns = [
    path("remarks/", remarks.waiting, name="waiting"),
    path("remarks/<uuid:key>/", remarks.thread, name="thread"),
    path("remarks/<uuid:key>/resolve/", remarks.resolve, name="resolve"),
    path("remarks/<uuid:key>/reopen/", remarks.reopen, name="reopen"),
    path("remarks/<uuid:key>/take-back/", remarks.take_back, name="take_back"),
    path("projects/<uuid:key>/remarks/", remarks.remarks, name="remarks"),
    path("projects/<uuid:key>/remarks/new/", remarks.new, name="new"),
    path("projects/<uuid:key>/remarks/<slug:name>/", remarks.section, name="section"),
]
