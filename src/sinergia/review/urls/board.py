"""Addresses of those who run a review: its course, score sheets, the ranking, rulings."""

from django.urls import path

from sinergia.review.views import course, listing, ranking

app_name = "course"
urlpatterns = [
    path("calls/<uuid:key>/review/", course.board, name="board"),
    path("calls/<uuid:key>/review/term/", course.term, name="term"),
    path("calls/<uuid:key>/review/remind/", course.remind, name="remind"),
    path("calls/<uuid:key>/review/further/", course.further, name="further"),
    path("calls/<uuid:key>/review/sheets/", listing.sheets, name="sheets"),
    path(
        "calls/<uuid:key>/review/sheets/export.<str:form>", listing.sheets_file, name="sheets_file"
    ),
    path("calls/<uuid:key>/review/sheets/<uuid:row>/", listing.sheet, name="sheet"),
    path("calls/<uuid:key>/review/sheets/<uuid:row>/replace/", listing.replace, name="replace"),
    path("calls/<uuid:key>/review/sheets/<uuid:row>/return/", listing.give_back, name="return"),
    path(
        "calls/<uuid:key>/review/sheets/<uuid:row>/unfounded/", listing.unfounded, name="unfounded"
    ),
    path("calls/<uuid:key>/review/experts/<uuid:row>/exclude/", ranking.exclude, name="exclude"),
    path("calls/<uuid:key>/review/exclusions/<uuid:row>/", ranking.excluded, name="excluded"),
    path("calls/<uuid:key>/review/exclusions/<uuid:row>/undo/", ranking.readmit, name="readmit"),
    path("calls/<uuid:key>/ranking/", ranking.ranking, name="ranking"),
    path("calls/<uuid:key>/ranking/export.<str:form>", ranking.ranking_file, name="ranking_file"),
    path("calls/<uuid:key>/ranking/<uuid:row>/", ranking.rated, name="rated"),
    path(
        "calls/<uuid:key>/ranking/rulings/<uuid:row>/take-back/",
        ranking.take_back,
        name="take_back",
    ),
]
