"""Addresses of experts: their list for a centre, their invitations, their own pages."""

from django.urls import path

from sinergia.review.views import experts, invited, inviting, own

app_name = "experts"
urlpatterns = [
    path("calls/<uuid:key>/experts/", experts.experts, name="experts"),
    path("calls/<uuid:key>/experts/experts.<str:form>", experts.experts_file, name="experts_file"),
    path("calls/<uuid:key>/experts/sheets.xlsx", experts.sheets_file, name="sheets_file"),
    path("calls/<uuid:key>/experts/invite/", inviting.invite, name="invite"),
    path("calls/<uuid:key>/experts/invite-list/", inviting.invite_list, name="invite_list"),
    path("calls/<uuid:key>/experts/<uuid:row>/", inviting.expert, name="expert"),
    path("calls/<uuid:key>/experts/<uuid:row>/again/", inviting.again, name="again"),
    path("calls/<uuid:key>/experts/<uuid:row>/take-off/", inviting.take_off, name="take_off"),
    path("calls/<uuid:key>/experts/<uuid:row>/<slug:kind>.docx", inviting.paper, name="paper"),
    path("experts/invited/<uuid:key>/<str:token>/", invited.invitation, name="invitation"),
    path("experts/invited/<uuid:key>/<str:token>/decline/", invited.decline, name="decline"),
    path("reviews/", own.mine, name="mine"),
    path("reviews/<uuid:key>/", own.own, name="own"),
    path("reviews/<uuid:key>/profile/", own.profile, name="profile"),
    path("reviews/<uuid:key>/sign/<slug:kind>/", own.sign, name="sign"),
    path("reviews/<uuid:key>/leave/", own.leave, name="leave"),
    path("reviews/<uuid:key>/<slug:kind>.docx", own.own_paper, name="own_paper"),
]
