"""Addresses of accounts; those that django-allauth names itself are in `borrowed`."""

from django.urls import path

from sinergia.people.views import account, borrowed, consents, entering, people

app_name = "people"
urlpatterns = [
    path("language/", entering.language, name="language"),
    path("first/<uuid:key>/<str:token>/", entering.first, name="first"),
    path("account/", account.profile, name="account"),
    path("account/confirm/mail/", account.confirm_by_mail, name="confirm_by_mail"),
    path("account/sessions/end-others/", account.end_other_sessions, name="end_other_sessions"),
    path("account/sessions/<str:name>/end/", account.end_session, name="end_session"),
    path(
        "account/second-factor/passkeys/<str:name>/remove/",
        borrowed.remove_passkey,
        name="remove_passkey",
    ),
    path("account/consents/", consents.consents, name="consents"),
    path("account/consents/<slug:purpose>/", consents.consent, name="consent"),
    path("consents/", consents.texts, name="consent_texts"),
    path("consents/<slug:purpose>/", consents.text, name="consent_text"),
    path("consents/<slug:purpose>/new/", consents.new_text, name="new_consent_text"),
    path("consents/<slug:purpose>/<slug:version>/", consents.text, name="consent_version"),
    path("people/", people.people, name="people"),
    path("people/<uuid:key>/", people.person, name="person"),
    path("people/<uuid:key>/lost/", people.lost, name="lost"),
    path("people/<uuid:key>/link/", people.give_link, name="give_link"),
    path("people/<uuid:key>/consents/<slug:purpose>/", people.paper, name="paper"),
    path("people/<uuid:key>/consents/<slug:purpose>/end/", people.take_back, name="take_back"),
]
