"""The few addresses that the page's frame asks for, so that it is tried without the features."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, include, path

from sinergia.people.http import for_everyone
from sinergia.web import catalogue

FEATURES = {
    "regions": ["list"],
    "organisations": ["list"],
    "applications": ["list", "loads", "queue"],
    "people": ["language"],
}


@for_everyone
def page(request: HttpRequest) -> HttpResponse:
    """Show the frame with nothing in it."""
    return render(request, "base.html")


def names_of(feature: str) -> tuple[list[URLPattern], str]:
    """Every named address of a feature leads to the empty page."""
    return [path(f"{feature}/{name}/", page, name=name) for name in FEATURES[feature]], feature


web = [path("", page, name="home"), path("components/", catalogue.components, name="components")]
urlpatterns = [
    path("", include((web, "web"))),
    path("sign-in/", page, name="account_login"),
    path("sign-out/", page, name="account_logout"),
    *(path("", include(names_of(feature))) for feature in FEATURES),
]
