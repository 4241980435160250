"""Addresses of practices."""

from django.urls import path

from sinergia.practices.views import (
    catalogue,
    checking,
    feed,
    files,
    history,
    practice,
    practices,
    section,
    writing,
)

app_name = "practices"
urlpatterns = [
    path("practices/", catalogue.catalogue, name="catalogue"),
    path("practices/export.<str:form>", catalogue.export, name="export"),
    path("practices/compare/", catalogue.compare, name="compare"),
    path("practices/feed.json", feed.feed, name="feed"),
    path("practices/feed.schema.json", feed.schema, name="feed_schema"),
    path("practices/feed/key.json", feed.key, name="feed_key"),
    path("practices/mine/", practices.mine, name="mine"),
    path("practices/put-away/", practices.put_away, name="put_away"),
    path("practices/new/", practices.new, name="new"),
    path("practices/checks/", checking.checks, name="checks"),
    path("practices/<uuid:key>/", practice.practice, name="practice"),
    path("practices/<uuid:key>/changes/<uuid:version>/", practice.changes, name="changes"),
    path("practices/<uuid:key>/passport-<slug:language>.pdf", practice.passport, name="passport"),
    path("practices/<uuid:key>/writing/", writing.writing, name="writing"),
    path("practices/<uuid:key>/whole/", writing.whole, name="whole"),
    path("practices/<uuid:key>/send/", writing.send, name="send"),
    path("practices/<uuid:key>/unsend/", writing.unsend, name="unsend"),
    path("practices/<uuid:key>/remarks/<uuid:remark>/", writing.answer, name="answer"),
    path("practices/<uuid:key>/withdraw/", writing.withdraw, name="withdraw"),
    path("practices/<uuid:key>/put-back/", writing.put_back, name="put_back"),
    path("practices/<uuid:key>/check/", checking.check, name="check"),
    path("practices/<uuid:key>/check/return/", checking.send_back, name="send_back"),
    path("practices/<uuid:key>/check/publish/", checking.publish, name="publish"),
    path("practices/<uuid:key>/save/", section.save, name="save"),
    path("practices/<uuid:key>/take-out/", section.take_out, name="take_out"),
    path("practices/<uuid:key>/move/", section.move, name="move"),
    path("practices/<uuid:key>/remove/", practices.remove, name="remove"),
    path("practices/<uuid:key>/take-back/", practices.take_back, name="take_back"),
    path("practices/<uuid:key>/history/", history.history, name="history"),
    path("practices/<uuid:key>/history/<uuid:version>/", history.revision, name="version"),
    path("practices/<uuid:key>/history/<uuid:version>/restore/", history.restore, name="restore"),
    path("practices/<uuid:key>/files/<uuid:row>/", files.file, name="file"),
    path("practices/<uuid:key>/files/<uuid:row>/remove/", files.remove, name="remove_file"),
    path("practices/<uuid:key>/files/<slug:field>/add/", files.add, name="add_file"),
    path("practices/<uuid:key>/form/<slug:name>/", section.section, name="section"),
]
