"""Addresses of commissions: of whoever keeps their minutes, and of their members."""

from django.urls import path

from sinergia.review.views import agenda, commission, own_votes, seats, sittings

ROOM = "calls/<uuid:key>/commission/"
SITTING = f"{ROOM}sittings/<uuid:row>/"
ITEM = f"{SITTING}items/<uuid:item>/"
app_name = "commission"
urlpatterns = [
    path(ROOM, commission.composition, name="composition"),
    path(f"{ROOM}order/", commission.order, name="order"),
    path(f"{ROOM}order/scan/", commission.scan, name="order_scan"),
    path(f"{ROOM}members/new/", commission.new_member, name="new_member"),
    path(f"{ROOM}members/<uuid:row>/", commission.member, name="member"),
    path(f"{ROOM}members/<uuid:row>/invite/", seats.invite, name="invite"),
    path(f"{ROOM}members/<uuid:row>/<slug:act>/", commission.act_on_member, name="act_on_member"),
    path(f"{ROOM}sittings/new/", sittings.new, name="new_sitting"),
    path(SITTING, sittings.sitting, name="sitting"),
    path(f"{SITTING}change/", sittings.change, name="change_sitting"),
    path(f"{SITTING}present/", sittings.present, name="present"),
    path(f"{SITTING}scan/", sittings.scan, name="scan"),
    path(f"{SITTING}scan/new/", sittings.add_scan, name="add_scan"),
    path(f"{SITTING}minutes.docx", sittings.minutes, name="minutes"),
    path(f"{SITTING}step/<slug:name>/", sittings.step, name="step"),
    path(f"{SITTING}items/new/<slug:kind>/", agenda.new, name="new_item"),
    path(ITEM, agenda.item, name="item"),
    path(f"{ITEM}remove/", agenda.remove, name="remove_item"),
    path(f"{ITEM}recuse/", agenda.note_recusal, name="note_recusal"),
    path(
        f"{ITEM}recuse/<uuid:member>/take-back/",
        agenda.take_back_recusal,
        name="take_back_recusal",
    ),
    path(f"{ITEM}votes/", agenda.enter_votes, name="enter_votes"),
    path(f"{ITEM}decide/", agenda.decide, name="decide"),
    path("commission/", own_votes.own, name="own"),
    path("commission/invitation/<uuid:key>/<str:token>/", seats.invitation, name="invitation"),
    path("commission/<uuid:row>/", own_votes.sitting, name="own_sitting"),
    path("commission/<uuid:row>/minutes.docx", own_votes.minutes, name="own_minutes"),
    path("commission/<uuid:row>/<uuid:item>/list/", own_votes.own_list, name="own_list"),
    path("commission/<uuid:row>/<uuid:item>/vote/", own_votes.vote, name="vote"),
    path("commission/<uuid:row>/<uuid:item>/recuse/", own_votes.recuse_oneself, name="recuse"),
]
