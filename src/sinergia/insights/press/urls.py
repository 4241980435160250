"""Addresses of press notes of decisions, of projects and of closed grants."""

from django.urls import path

from sinergia.insights.press.views import notes

app_name = "note"
_NOTE = "press/<slug:kind>/<uuid:key>/<slug:language>"
urlpatterns = [
    path(f"{_NOTE}/", notes.note, name="note"),
    path(f"{_NOTE}/write/", notes.write, name="write"),
    path(f"{_NOTE}/versions/<slug:number>/", notes.version, name="version"),
    path(f"{_NOTE}/publish/", notes.publish, name="publish"),
    path(f"{_NOTE}/put-away/", notes.put_away, name="put_away"),
    path(f"{_NOTE}/note.docx", notes.docx, name="docx"),
    path(f"{_NOTE}/note.pdf", notes.pdf, name="pdf"),
]
