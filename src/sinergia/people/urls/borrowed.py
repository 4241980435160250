"""Addresses under the names by which django-allauth finds them."""

from django.urls import path

from sinergia.people.views import account, borrowed, entering

PROVE, FACTORS = "account/confirm/", "account/second-factor/"

urlpatterns = [
    path("sign-in/", borrowed.sign_in, name="account_login"),
    path("sign-in/code/", borrowed.ask_code, name="account_request_login_code"),
    path("sign-in/code/confirm/", borrowed.confirm_code, name="account_confirm_login_code"),
    path("sign-in/passkey/", borrowed.sign_in_by_passkey, name="mfa_login_webauthn"),
    path("sign-in/second/", borrowed.second_proof, name="mfa_authenticate"),
    path("sign-out/", entering.sign_out, name="account_logout"),
    path("sign-up/", borrowed.sign_up, name="account_signup"),
    path("sign-up/confirm/", borrowed.confirm_address, name="account_email_verification_sent"),
    path("reset/", borrowed.reset, name="account_reset_password"),
    path("reset/code/", borrowed.reset_code, name="account_confirm_password_reset_code"),
    path("reset/new/", borrowed.reset_password, name="account_complete_password_reset"),
    path("reset/done/", borrowed.reset_done, name="account_password_reset_completed"),
    path("inactive/", borrowed.inactive, name="account_inactive"),
    path("account/password/", borrowed.change_password, name="account_change_password"),
    path("account/password/set/", borrowed.set_password, name="account_set_password"),
    path("account/address/", borrowed.change_address, name="account_email"),
    path("account/sessions/", account.open_sessions, name="usersessions_list"),
    path(PROVE, borrowed.prove_by_password, name="account_reauthenticate"),
    path(PROVE + "code/", borrowed.prove_by_code, name="mfa_reauthenticate"),
    path(PROVE + "passkey/", borrowed.prove_by_passkey, name="mfa_reauthenticate_webauthn"),
    path(FACTORS, account.factors, name="mfa_index"),
    path(FACTORS + "app/", borrowed.add_app, name="mfa_activate_totp"),
    path(FACTORS + "app/remove/", borrowed.remove_app, name="mfa_deactivate_totp"),
    path(FACTORS + "spare/", borrowed.spare, name="mfa_view_recovery_codes"),
    path(FACTORS + "spare/new/", borrowed.new_spare, name="mfa_generate_recovery_codes"),
    path(FACTORS + "spare/file/", borrowed.spare_file, name="mfa_download_recovery_codes"),
    path(FACTORS + "passkeys/", borrowed.to_factors, name="mfa_list_webauthn"),
    path(FACTORS + "passkeys/add/", borrowed.add_passkey, name="mfa_add_webauthn"),
]
