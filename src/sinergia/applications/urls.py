"""Addresses of applications: the public list, and the rooms where files become rows."""

from django.urls import path

from sinergia.applications.views import (
    confirming,
    entry,
    handed_in,
    lists,
    loads,
    minutes,
    queue,
    received,
    screening,
    submissions,
    words,
)

app_name = "applications"
urlpatterns = [
    path("applications/", lists.applications, name="list"),
    path("applications/export.<str:form>", lists.export, name="export"),
    path("applications/new/", entry.new, name="new"),
    path("applications/<uuid:key>/", lists.detail, name="detail"),
    path("projects/<uuid:key>/submit/", submissions.submit, name="submit"),
    path("submissions/<uuid:key>/", submissions.submission, name="submission"),
    path("submissions/<uuid:key>/application.pdf", submissions.pdf, name="submission_pdf"),
    path("submissions/<uuid:key>/withdraw/", submissions.withdraw, name="withdraw"),
    path("submissions/<uuid:key>/confirm/", confirming.add, name="confirm"),
    path("submissions/<uuid:key>/confirmations/<uuid:row>/", confirming.file, name="confirmation"),
    path("receipts/", submissions.receipt, name="receipt"),
    path("calls/<uuid:key>/came-in/", received.came_in, name="came_in"),
    path("calls/<uuid:key>/came-in/export.<str:form>", received.came_in_file, name="came_in_file"),
    path("calls/<uuid:key>/drafts/", received.drafts, name="drafts"),
    path("calls/<uuid:key>/journal/", received.journal, name="journal"),
    path("calls/<uuid:key>/journal/export.<str:form>", received.journal_file, name="journal_file"),
    path("submissions/<uuid:key>/files/<uuid:row>/", handed_in.file, name="handed_in_file"),
    path("calls/<uuid:key>/minutes.docx", minutes.minutes, name="minutes"),
    path("submissions/<uuid:key>/inside/", screening.screened, name="screened"),
    path(
        "submissions/<uuid:key>/inside/application-<slug:language>.pdf",
        confirming.inside_pdf,
        name="inside_pdf",
    ),
    path(
        "submissions/<uuid:key>/inside/confirmations/<uuid:row>/",
        confirming.inside_file,
        name="inside_confirmation",
    ),
    path("submissions/<uuid:key>/inside/paper/", confirming.paper, name="paper"),
    path("submissions/<uuid:key>/inside/paper/undo/", confirming.unmark, name="unmark_paper"),
    path("submissions/<uuid:key>/decide/<slug:kind>/", screening.decide, name="decide"),
    path("submissions/<uuid:key>/take-back/", screening.take_back, name="take_back_decision"),
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
