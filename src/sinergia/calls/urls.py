"""Addresses of funds and of a region's themes."""

from django.urls import path

from sinergia.calls.views import funds, themes

app_name = "calls"
urlpatterns = [
    path("funds/", funds.funds, name="funds"),
    path("funds/<uuid:key>/", funds.fund, name="fund"),
    path("regions/<str:code>/themes/", themes.themes, name="themes"),
    path("regions/<str:code>/themes/add/", themes.add, name="add_theme"),
    path("regions/<str:code>/themes/directions/", themes.directions, name="directions"),
    path("regions/<str:code>/themes/<uuid:key>/", themes.theme, name="theme"),
    path("regions/<str:code>/themes/<uuid:key>/remove/", themes.remove, name="remove_theme"),
]
