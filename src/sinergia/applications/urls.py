"""Addresses of applications: the public list, and the rooms where files become rows."""

from django.urls import path

from sinergia.applications.views import entry, lists, loads, queue, words

app_name = "applications"
urlpatterns = [
    path("applications/", lists.applications, name="list"),
    path("applications/export.<str:form>", lists.export, name="export"),
    path("applications/new/", entry.new, name="new"),
    path("applications/<uuid:key>/", lists.detail, name="detail"),
    path("loads/", loads.loads, name="loads"),
    path("loads/new/", loads.offer, name="offer"),
    path("loads/template.xlsx", loads.template, name="template"),
    path("loads/<uuid:key>/", loads.load, name="load"),
    path("loads/<uuid:key>/start/", loads.start, name="start"),
    path("loads/<uuid:key>/report.csv", loads.report, name="report"),
    path("queue/", queue.queue, name="queue"),
    path("queue/<uuid:key>/", queue.doubt, name="doubt"),
    path("queue/<uuid:key>/reopen/", queue.reopen, name="reopen"),
    path("words/", words.words, name="words"),
]
