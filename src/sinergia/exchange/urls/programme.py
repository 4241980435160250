"""Addresses of the programme of a visit, and of the link by which a host answers."""

from django.urls import path

from sinergia.exchange.views.programme import hosts, moving, reading, sessions, telling

app_name = "visits"
AT = "visits/<uuid:key>/programme/"
ONE = AT + "<uuid:session>/"
urlpatterns = [
    path("visits/host/<slug:token>/", hosts.host, name="host"),
    path(AT, reading.programme, name="programme"),
    path(AT + "print/", reading.printed, name="print"),
    path(AT + "calendar.ics", reading.calendar, name="calendar"),
    path(AT + "versions/", reading.versions, name="versions"),
    path(AT + "versions/<slug:number>/", reading.version, name="version"),
    path(AT + "add/", sessions.add, name="add_session"),
    path(AT + "tell/", telling.tell, name="tell"),
    path(AT + "late/", telling.late, name="late"),
    path(AT + "late/<uuid:step>/", telling.in_time, name="in_time"),
    path(AT + "undo/<uuid:step>/", moving.undo, name="undo"),
    path(ONE, sessions.change, name="change_session"),
    path(ONE + "copy/", sessions.copy, name="copy_session"),
    path(ONE + "remove/", sessions.remove, name="remove_session"),
    path(ONE + "restore/", sessions.restore, name="restore_session"),
    path(ONE + "move/", moving.move, name="move_session"),
    path(ONE + "shift/", moving.shift, name="shift_sessions"),
    path(ONE + "ask/", hosts.ask, name="ask_host"),
]
