"""Addresses of what is taken home from a visit, and of what follows it."""

from django.urls import path

from sinergia.exchange.views import (
    board,
    commitments,
    feedback,
    following,
    photos,
    reports,
    road,
    sending,
    taking,
    there,
)

app_name = "commitments"
_VISIT = "visits/<uuid:key>/"
_LINK = "<uuid:key>/<slug:until>/<str:token>/"
urlpatterns = [
    path("commitments/", board.commitments, name="commitments"),
    path("commitments/export.<slug:form>", board.export, name="export"),
    path("commitments/<uuid:key>/", commitments.commitment, name="commitment"),
    path("commitments/<uuid:key>/write/", commitments.write, name="write"),
    path("commitments/<uuid:key>/turn/<slug:state>/", commitments.turn, name="turn"),
    path("commitments/<uuid:key>/step/", commitments.step, name="step"),
    path("commitments/<uuid:key>/take-back/", commitments.take_back, name="take_back"),
    path("commitments/<uuid:key>/gone/", commitments.gone, name="gone"),
    path("commitments/<uuid:key>/asked/", following.answer_for, name="answer_for"),
    path(f"{_VISIT}commitments/", board.board, name="board"),
    path(f"{_VISIT}take/", taking.take, name="take"),
    path(f"{_VISIT}asked/", following.asked, name="asked"),
    path(f"{_VISIT}taken-up/<slug:months>/", following.taken_up, name="taken_up"),
    path("visits/worker.js", road.worker, name="worker"),
    path(f"{_VISIT}road/", road.pages, name="road"),
    path(f"{_VISIT}road/missing/", road.missing, name="road_missing"),
    path(f"{_VISIT}road/send/<slug:what>/", sending.send, name="send"),
    path(f"{_VISIT}there/", there.there, name="there"),
    path(f"{_VISIT}there/notes/", there.note, name="note"),
    path(f"{_VISIT}there/notes/<uuid:note>/<slug:act>/", there.note_act, name="note_act"),
    path(f"{_VISIT}there/<uuid:session>/", there.session, name="session"),
    path(f"{_VISIT}there/<uuid:session>/attend/", there.attend, name="attend"),
    path(f"{_VISIT}there/<uuid:session>/own/", there.be_there, name="be_there"),
    path(f"{_VISIT}there/<uuid:session>/photos/", photos.add, name="add_photo"),
    path(f"{_VISIT}photos/", photos.photos, name="photos"),
    path(f"{_VISIT}photos/<uuid:photo>/", photos.photo, name="photo"),
    path(f"{_VISIT}photos/<uuid:photo>/show/", photos.show, name="show_photo"),
    path(f"{_VISIT}photos/<uuid:photo>/<slug:act>/", photos.act, name="photo_act"),
    path(f"{_VISIT}feedback/", feedback.feedback, name="feedback"),
    path(f"{_VISIT}feedback/results/", feedback.results, name="feedback_results"),
    path(f"feedback/{_LINK}", feedback.feedback_link_page, name="feedback_link"),
    path(f"asked/{_LINK}", following.asked_link, name="asked_link"),
    path(f"{_VISIT}report/", reports.report, name="report"),
    path(f"{_VISIT}report/write/", reports.write, name="write_report"),
    path(f"{_VISIT}report/versions/<slug:number>/", reports.version, name="report_version"),
    path(f"{_VISIT}report.docx", reports.docx, name="report_docx"),
    path(f"{_VISIT}report.pdf", reports.pdf, name="report_pdf"),
]
