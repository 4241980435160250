"""Addresses of what is told of a visit to everybody, and of the consents it rests on."""

from django.urls import path

from sinergia.exchange.views import consents, press, publication, quotes

app_name = "press"
_VISIT = "visits/<uuid:key>/"
_NOTE = f"{_VISIT}press/<slug:side>/<slug:language>"
urlpatterns = [
    path(f"{_VISIT}publication/", publication.publication, name="publication"),
    path(f"{_VISIT}publication/<slug:name>/<slug:act>/", publication.item, name="item"),
    path(f"{_VISIT}publication/report/", publication.report, name="report"),
    path(f"{_VISIT}publication/report.docx", publication.report_docx, name="report_docx"),
    path(f"{_VISIT}publication/report.pdf", publication.report_pdf, name="report_pdf"),
    path(f"{_NOTE}/", press.note, name="note"),
    path(f"{_NOTE}/write/", press.write, name="write"),
    path(f"{_NOTE}/versions/<slug:number>/", press.version, name="version"),
    path(f"{_NOTE}.docx", press.docx, name="docx"),
    path(f"{_NOTE}.pdf", press.pdf, name="pdf"),
    path(f"{_VISIT}quotes/", quotes.quotes, name="quotes"),
    path(f"{_VISIT}quotes/new/", quotes.new, name="new_quote"),
    path(f"{_VISIT}quotes/<uuid:quote>/", quotes.change, name="quote"),
    path(f"{_VISIT}quotes/<uuid:quote>/<slug:act>/", quotes.act, name="quote_act"),
    path(f"{_VISIT}me/consents/", consents.own, name="own_consents"),
    path(f"{_VISIT}delegation/<uuid:row>/consents/", consents.told, name="told"),
    path(f"{_VISIT}photos/<uuid:photo>/people/", consents.people, name="photo_people"),
    path(
        "consents/<uuid:key>/<slug:until>/<str:token>/",
        consents.consents_link_page,
        name="consents_link",
    ),
]
