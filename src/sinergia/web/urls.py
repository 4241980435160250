"""Every address of the site; each view says by its door who may come in."""

from django.urls import include, path

from sinergia.web import catalogue, desk, manual, views
from sinergia.web.walk import views as walk

handler400 = "sinergia.web.errors.bad_request"
handler403 = "sinergia.web.errors.forbidden"
handler404 = "sinergia.web.errors.not_found"
handler429 = "sinergia.web.errors.too_often"  # django-allauth asks for it
handler500 = "sinergia.web.errors.broken"

site = (
    [
        path("", views.home, name="home"),
        path("desk/", desk.desk, name="desk"),
        path("help/", manual.contents, name="help"),
        path("help/<slug:code>/", manual.topic, name="help_topic"),
        path("components/", catalogue.components, name="components"),
        path("demo/enter/<uuid:key>/", views.enter_as, name="enter_as"),
        path("demo/walk/", walk.walk, name="walk"),
        path("demo/walk/end/", walk.end, name="end_walk"),
        path("demo/walk/<slug:number>/", walk.take, name="take_step"),
    ],
    "web",
)

urlpatterns = [
    path("", include("sinergia.support.urls.help")),
    path("", include(site)),
    path("", include("sinergia.web.operations.urls")),
    path("files/uploads/", include("sinergia.web.uploads")),
    path("", include("sinergia.people.urls")),
    path("", include("sinergia.notices.urls")),
    path("", include("sinergia.review.urls.experts")),
    path("", include("sinergia.review.urls.sheets")),
    path("", include("sinergia.grants.urls.reports")),
    path("", include("sinergia.grants.urls.grants")),
    path("", include("sinergia.grants.urls.together")),
    path("", include("sinergia.applications.urls")),
    path("", include("sinergia.review.urls.board")),
    path("", include("sinergia.support.urls.trainings")),
    path("", include("sinergia.support.urls.remarks")),
    path("", include("sinergia.support.urls.readings")),
    path("", include("sinergia.projects.urls")),
    path("", include("sinergia.exchange.urls.press")),
    path("", include("sinergia.exchange.urls.programme")),
    path("", include("sinergia.calls.urls")),
    path("", include("sinergia.review.urls.assignment")),
    path("", include("sinergia.review.urls.decision")),
    path("", include("sinergia.exchange.urls.visits")),
    path("", include("sinergia.review.urls.commission")),
    path("", include("sinergia.practices.urls")),
    path("", include("sinergia.exchange.urls.commitments")),
    path("", include("sinergia.insights.region.urls")),
    path("", include("sinergia.insights.funnel.urls")),
    path("", include("sinergia.insights.press.urls")),
    path("", include("sinergia.insights.official.urls")),
    path("", include("sinergia.organisations.urls")),
    path("", include("sinergia.insights.organisation.urls")),
    path("", include("sinergia.insights.search.urls")),
    path("", include("sinergia.insights.person.urls")),
    path("", include("sinergia.insights.thread.urls")),
    path("", include("sinergia.insights.visit.urls")),
    path("", include("sinergia.people.urls.borrowed")),
]
