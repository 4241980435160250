"""Addresses of trainings: for everybody, for the centre, for each who enrolled."""

from django.urls import path

from sinergia.support.views.trainings import (
    certificates,
    enrolling,
    listing,
    managing,
    own,
    people,
    writing,
)

ONE = "trainings/<uuid:key>/"
ROW = f"{ONE}people/<uuid:row>/"
OWN = "trainings/own/<uuid:row>/<str:token>/"
app_name = "trainings"
urlpatterns = [
    path("trainings/", listing.trainings, name="list"),
    path("trainings/ours/", listing.ours, name="ours"),
    path("trainings/ours/export.<str:form>", listing.export, name="export"),
    path("trainings/mine/", listing.mine, name="mine"),
    path("trainings/of/<uuid:key>/", listing.of_organisation, name="of_organisation"),
    path("trainings/new/", writing.new, name="new"),
    path("trainings/consent/<str:version>/", enrolling.consent, name="consent"),
    path("trainings/here/<str:code>/", own.here, name="here"),
    path(OWN, own.own, name="own"),
    path(f"{OWN}leave/", own.leave, name="leave_own"),
    path(f"{OWN}forget/", own.forget, name="forget_own"),
    path(f"{OWN}training.ics", own.calendar, name="calendar"),
    path(f"{OWN}certificate.pdf", own.certificate, name="own_certificate"),
    path(f"{OWN}files/<uuid:file>/", own.file, name="own_file"),
    path(ONE, enrolling.training, name="training"),
    path(f"{ONE}enrol/", enrolling.enrol, name="enrol"),
    path(f"{ONE}enrolled/", enrolling.thanks, name="thanks"),
    path(f"{ONE}manage/", managing.manage, name="manage"),
    path(f"{ONE}change/", writing.change, name="change"),
    path(f"{ONE}step/<slug:name>/", writing.step, name="step"),
    path(f"{ONE}cancel/", writing.cancel, name="cancel"),
    path(f"{ONE}door/", managing.door, name="door"),
    path(f"{ONE}attendance.pdf", managing.attendance, name="attendance"),
    path(f"{ONE}certificates/", managing.certify, name="certify"),
    path(f"{ONE}message/", managing.message, name="message"),
    path(f"{ONE}files/new/", managing.add_file, name="add_file"),
    path(f"{ONE}files/<uuid:row>/", managing.file, name="file"),
    path(f"{ONE}files/<uuid:row>/<slug:shelf>/", managing.shelve_file, name="shelve_file"),
    path(f"{ONE}people/", people.people, name="people"),
    path(f"{ONE}people/export.<str:form>", people.export, name="export_people"),
    path(f"{ONE}people/present/", people.present, name="present"),
    path(f"{ONE}people/new/", people.new, name="write_down"),
    path(ROW, people.change, name="person"),
    path(f"{ROW}leave/", people.leave, name="leave"),
    path(f"{ROW}forget/", people.forget, name="forget"),
    path(f"{ROW}certificate.pdf", people.certificate, name="paper"),
    path("certificates/", certificates.verify, name="verify"),
    path("certificates/<str:number>/", certificates.certificate, name="certificate"),
]
