"""Addresses of programmes of exchange, agreements and visits."""

from django.urls import path

from sinergia.exchange.views import (
    agreements,
    aims,
    delegation,
    here,
    invitations,
    organisers,
    own,
    programmes,
    visits,
)

app_name = "exchange"
urlpatterns = [
    path("exchange/", programmes.programmes, name="programmes"),
    path("exchange/programmes/new/", programmes.new, name="new_programme"),
    path("exchange/programmes/<uuid:key>/", programmes.programme, name="programme"),
    path("exchange/programmes/<uuid:key>/change/", programmes.change, name="change_programme"),
    path("exchange/programmes/<uuid:key>/places/new/", aims.new_place, name="new_place"),
    path("exchange/programmes/<uuid:key>/places/remove/", aims.remove, name="remove_place"),
    path("exchange/programmes/<uuid:key>/aims/new/", aims.new_aim, name="new_aim"),
    path("exchange/programmes/<uuid:key>/aims/<uuid:aim>/", aims.change_aim, name="change_aim"),
    path("exchange/programmes/<uuid:key>/aims/<uuid:aim>/judge/", aims.judge, name="judge_aim"),
    path("exchange/programmes/<uuid:key>/aims/<uuid:aim>/move/", aims.move_aim, name="move_aim"),
    path(
        "exchange/programmes/<uuid:key>/aims/<uuid:aim>/remove/",
        aims.remove_aim,
        name="remove_aim",
    ),
    path(
        "exchange/programmes/<uuid:key>/<slug:shelf>/", programmes.shelve, name="shelve_programme"
    ),
    path("exchange/agreements/", agreements.agreements, name="agreements"),
    path("exchange/agreements/new/", agreements.new, name="new_agreement"),
    path("exchange/agreements/export.<slug:form>", agreements.export, name="export_agreements"),
    path("exchange/agreements/<uuid:key>/", agreements.agreement, name="agreement"),
    path("exchange/agreements/<uuid:key>/change/", agreements.change, name="change_agreement"),
    path("exchange/agreements/<uuid:key>/renew/", agreements.renew, name="renew_agreement"),
    path("exchange/agreements/<uuid:key>/file/", agreements.file, name="agreement_file"),
    path(
        "exchange/agreements/<uuid:key>/<slug:shelf>/", agreements.shelve, name="shelve_agreement"
    ),
    path("visits/", visits.visits, name="visits"),
    path("visits/new/", visits.new, name="new_visit"),
    path("visits/mine/", visits.mine, name="mine"),
    path("visits/invitation/<uuid:key>/<str:token>/", invitations.invitation, name="invitation"),
    path(
        "visits/invitation/<uuid:key>/<str:token>/decline/",
        invitations.decline,
        name="decline_invitation",
    ),
    path("visits/<uuid:key>/", visits.visit, name="visit"),
    path("visits/<uuid:key>/change/", visits.change, name="change_visit"),
    path("visits/<uuid:key>/step/<slug:name>/", visits.step, name="step"),
    path("visits/<uuid:key>/back/", visits.back, name="back"),
    path("visits/<uuid:key>/cancel/", visits.cancel, name="cancel"),
    path("visits/<uuid:key>/shelf/<slug:shelf>/", visits.shelve, name="shelve_visit"),
    path("visits/<uuid:key>/organisers/new/", organisers.new, name="new_organiser"),
    path("visits/<uuid:key>/organisers/<uuid:row>/", organisers.change, name="change_organiser"),
    path(
        "visits/<uuid:key>/organisers/<uuid:row>/remove/",
        organisers.remove,
        name="remove_organiser",
    ),
    path("visits/<uuid:key>/delegation/", delegation.delegation, name="delegation"),
    path("visits/<uuid:key>/delegation/new/", delegation.new, name="new_delegate"),
    path("visits/<uuid:key>/delegation/town/", delegation.move_town, name="move_town"),
    path("visits/<uuid:key>/delegation/list.xlsx", delegation.export, name="export_delegation"),
    path("visits/<uuid:key>/delegation/print/<slug:paper>/", delegation.printed, name="printed"),
    path("visits/<uuid:key>/delegation/<uuid:row>/", delegation.change, name="change_delegate"),
    path("visits/<uuid:key>/delegation/<uuid:row>/move/", delegation.move, name="move_delegate"),
    path("visits/<uuid:key>/delegation/<uuid:row>/invite/", invitations.invite, name="invite"),
    path("visits/<uuid:key>/delegation/<uuid:row>/travel/", own.travel_row, name="travel_row"),
    path("visits/<uuid:key>/delegation/<uuid:row>/here/", here.here, name="here"),
    path(
        "visits/<uuid:key>/delegation/<uuid:row>/<slug:verb>/",
        delegation.act,
        name="act_on_delegate",
    ),
    path("visits/<uuid:key>/me/", own.me, name="me"),
    path("visits/<uuid:key>/me/calendar.ics", own.calendar, name="own_calendar"),
    path("visits/<uuid:key>/me/confirm/", own.confirm, name="confirm"),
    path("visits/<uuid:key>/me/wishes/", own.wishes, name="wishes"),
    path("visits/<uuid:key>/me/way/", own.way, name="way"),
    path("visits/<uuid:key>/travel/", own.travel, name="travel"),
]
