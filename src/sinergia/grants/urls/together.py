"""Addresses of projects that everybody may join: public, of who joins, of the organisers."""

from django.urls import path

from sinergia.grants.views.together import inside, mailing, own, people, public, written

ONE = "together/<uuid:key>/"
OWN = "together/own/<uuid:row>/<str:token>/"
KEPT = "grants/<uuid:key>/together/"
ROW = f"{KEPT}people/<uuid:row>/"
app_name = "together"
urlpatterns = [
    path("together/", public.projects, name="list"),
    path("together/joined/", public.joined, name="joined"),
    path("together/joined/export.<str:form>", public.export_joined, name="export_joined"),
    path("together/consent/<str:version>/", public.consent, name="consent"),
    path("together/certificates/", own.verify, name="verify"),
    path("together/certificates/<str:number>/", own.certified, name="certificate"),
    path("together/parent/<uuid:row>/<str:token>/", own.parent, name="parent"),
    path("together/here/<str:code>/", own.here, name="here"),
    path(OWN, own.own, name="own"),
    path(f"{OWN}change/", own.change, name="change"),
    path(f"{OWN}certificate.pdf", own.certificate, name="own_certificate"),
    path(f"{OWN}act/<slug:act>/", own.act, name="act"),
    path(ONE, public.project, name="project"),
    path(f"{ONE}card.png", public.card, name="card"),
    path(f"{ONE}embed/", public.embed, name="embed"),
    path(f"{ONE}thanks/", public.thanks, name="thanks"),
    path(f"{ONE}pictures/<uuid:row>/", public.picture, name="picture"),
    path(f"{ONE}join/<uuid:row>/", public.join_role, name="join"),
    path(KEPT, inside.inside, name="inside"),
    path(f"{KEPT}page/", inside.write, name="write"),
    path(f"{KEPT}turn/<slug:way>/", inside.turn, name="turn"),
    path(f"{KEPT}diary/new/", inside.new_entry, name="new_entry"),
    path(f"{KEPT}diary/<uuid:row>/", inside.entry, name="entry"),
    path(f"{KEPT}diary/<uuid:row>/pictures/new/", inside.new_picture, name="new_picture"),
    path(f"{KEPT}diary/<uuid:row>/<slug:act>/", inside.entry_act, name="entry_act"),
    path(f"{KEPT}pictures/<uuid:row>/", inside.look, name="look"),
    path(f"{KEPT}pictures/<uuid:row>/<slug:act>/", inside.picture_act, name="picture_act"),
    path(f"{KEPT}roles/new/", inside.new_role, name="new_role"),
    path(f"{KEPT}roles/<uuid:row>/", inside.role, name="role"),
    path(f"{KEPT}people/", people.people, name="people"),
    path(f"{KEPT}people/export.<str:form>", people.export, name="export_people"),
    path(f"{KEPT}people/new/", written.write_down, name="write_down"),
    path(f"{KEPT}people/settle/", people.settle, name="settle"),
    path(f"{KEPT}people/message/", mailing.message, name="message"),
    path(f"{KEPT}people/message/<uuid:row>/", mailing.mailing, name="mailing"),
    path(f"{KEPT}people/message/<uuid:row>/<slug:way>/", mailing.send, name="send"),
    path(ROW, people.person, name="person"),
    path(f"{ROW}mend/", written.mend, name="mend"),
    path(f"{ROW}leave/", written.leave, name="leave"),
    path(f"{ROW}forget/", people.forget, name="forget"),
    path(f"{ROW}certificate.pdf", people.paper, name="paper"),
    path(f"{KEPT}days/", people.days, name="days"),
    path(f"{KEPT}days/attendance.pdf", people.attendance, name="attendance"),
    path(f"{KEPT}door/", people.door, name="door"),
    path(f"{KEPT}certificates/", people.certify, name="certify"),
]
