"""Addresses of requests, consultations and the report of a centre."""

from django.urls import path

from sinergia.support.views import (
    asking,
    clients,
    consultations,
    dictionaries,
    log,
    report,
    requests,
)

app_name = "help"

urlpatterns = [
    path("help/ask/", asking.ask, name="ask"),
    path("help/mine/", asking.mine, name="mine"),
    path("help/mine/<uuid:key>/", asking.own, name="own"),
    path("help/mine/<uuid:key>/close/", asking.let_go, name="let_go"),
    path("help/mine/<uuid:key>/appointment.ics", asking.own_calendar, name="own_calendar"),
    path("help/appointment/<uuid:key>/<str:token>/", asking.calendar, name="calendar"),
    path("consultations/", log.log, name="log"),
    path("consultations/consultations.xlsx", log.export, name="export"),
    path("consultations/new/", consultations.new, name="new"),
    path("consultations/found/", consultations.found, name="found"),
    path("consultations/steps/", log.steps, name="steps"),
    path("consultations/requests/", requests.requests, name="requests"),
    path("consultations/requests/new/", requests.note, name="note"),
    path("consultations/requests/<uuid:key>/", requests.request_page, name="request"),
    path("consultations/requests/<uuid:key>/take/", requests.take, name="take"),
    path("consultations/requests/<uuid:key>/appoint/", requests.appoint, name="appoint"),
    path("consultations/requests/<uuid:key>/close/", requests.close, name="close"),
    path("consultations/report/", report.report, name="report"),
    path("consultations/report/of/<slug:of>/", report.behind_page, name="behind"),
    path("consultations/report/report.<slug:form>", report.report_file, name="report_file"),
    path("consultations/clients/", clients.clients, name="clients"),
    path("consultations/clients/<uuid:key>/", clients.client, name="client"),
    path("consultations/clients/<uuid:key>/erase/", clients.erase, name="erase"),
    path("consultations/lists/", dictionaries.dictionaries, name="dictionaries"),
    path("consultations/lists/topics/new/", dictionaries.new_topic, name="new_topic"),
    path("consultations/lists/topics/<uuid:key>/", dictionaries.topic, name="topic"),
    path("consultations/lists/sources/new/", dictionaries.new_source, name="new_source"),
    path("consultations/lists/sources/<uuid:key>/", dictionaries.source, name="source"),
    path(
        "consultations/lists/sources/<uuid:key>/remove/",
        dictionaries.remove_source,
        name="remove_source",
    ),
    path(
        "consultations/lists/sources/<uuid:key>/promised/",
        dictionaries.new_promised,
        name="new_promised",
    ),
    path(
        "consultations/lists/sources/<uuid:key>/promised/<uuid:promised>/remove/",
        dictionaries.remove_promised,
        name="remove_promised",
    ),
    path("consultations/<uuid:key>/", consultations.consultation, name="consultation"),
    path("consultations/<uuid:key>/change/", consultations.change, name="change"),
    path("consultations/<uuid:key>/remove/", consultations.remove, name="remove"),
    path("consultations/<uuid:key>/put-back/", consultations.put_back, name="put_back"),
    path("consultations/<uuid:key>/step/", consultations.step, name="step"),
]
