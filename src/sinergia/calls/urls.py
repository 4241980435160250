"""Addresses of funds and of a region's themes."""

from django.urls import path

from sinergia.calls.views import contests, duties, funds, questions, rules, setting, themes

app_name = "calls"
urlpatterns = [
    path("calls/", contests.contests, name="contests"),
    path("calls/held/", setting.held, name="held"),
    path("calls/new/", setting.new, name="new_contest"),
    path("calls/practice/", setting.train, name="train"),
    path("calls/<uuid:key>/", contests.contest, name="contest"),
    path("calls/<uuid:key>/calendar.ics", contests.calendar, name="calendar"),
    path("calls/<uuid:key>/corrected/<slug:version>/", rules.corrected, name="corrected"),
    path("calls/<uuid:key>/ask/", questions.ask, name="ask"),
    path("calls/<uuid:key>/asked/", questions.asked, name="asked"),
    path("calls/<uuid:key>/asked/<uuid:question>/", questions.answer, name="answer"),
    path("calls/<uuid:key>/asked/<uuid:question>/hide/", questions.hide, name="hide"),
    path("calls/<uuid:key>/inside/", setting.manage, name="manage"),
    path("calls/<uuid:key>/plan/", setting.plan, name="plan"),
    path("calls/<uuid:key>/rules/", rules.rules, name="rules"),
    path("calls/<uuid:key>/extend/", setting.extend, name="extend"),
    path("calls/<uuid:key>/duties/", duties.duties, name="duties"),
    path("calls/<uuid:key>/duties/<uuid:row>/end/", duties.end, name="end_duty"),
    path("calls/<uuid:key>/step/<slug:name>/", setting.step, name="step"),
    path("funds/", funds.funds, name="funds"),
    path("funds/<uuid:key>/", funds.fund, name="fund"),
    path("regions/<str:code>/themes/", themes.themes, name="themes"),
    path("regions/<str:code>/themes/add/", themes.add, name="add_theme"),
    path("regions/<str:code>/themes/directions/", themes.directions, name="directions"),
    path("regions/<str:code>/themes/<uuid:key>/", themes.theme, name="theme"),
    path("regions/<str:code>/themes/<uuid:key>/remove/", themes.remove, name="remove_theme"),
]
