"""Every address of the site; each view says by its door who may come in."""

from allauth.account import views as account
from django.urls import include, path

from sinergia.people.http import for_everyone
from sinergia.web import catalogue, desk, views

handler400 = "sinergia.web.errors.bad_request"
handler403 = "sinergia.web.errors.forbidden"
handler404 = "sinergia.web.errors.not_found"
handler500 = "sinergia.web.errors.broken"

site = (
    [
        path("", views.home, name="home"),
        path("desk/", desk.desk, name="desk"),
        path("components/", catalogue.components, name="components"),
        path("demo/enter/<uuid:key>/", views.enter_as, name="enter_as"),
    ],
    "web",
)

urlpatterns = [
    path("", include(site)),
    path("", include("sinergia.people.urls")),
    path("", include("sinergia.applications.urls")),
    path("", include("sinergia.calls.urls")),
    path("", include("sinergia.insights.region.urls")),
    path("", include("sinergia.organisations.urls")),
    path("", include("sinergia.insights.organisation.urls")),
    path("sign-in/", for_everyone(account.login), name="account_login"),
    path("sign-out/", for_everyone(account.logout), name="account_logout"),
    # allauth names these in its templates; without a door they answer 404.
    path("sign-up/", account.signup, name="account_signup"),
    path("reset/", account.password_reset, name="account_reset_password"),
    path("inactive/", account.account_inactive, name="account_inactive"),
]
