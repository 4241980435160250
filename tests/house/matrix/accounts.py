"""Rules of accounts: ways in, one's own account, administrators helping, what is held."""

from datetime import timedelta

from sinergia.insights.person.models import ErasureAct
from tests.arrange import NOON, a_person, an_administrator
from tests.house.matrix.rule import (
    ADMINISTRATORS,
    EVERYBODY,
    NOBODY,
    ROLES,
    SIGNED_IN,
    Rule,
    answers,
)
from tests.house.matrix.world import World

PURPOSE = {"purpose": "publication"}
AWAY = answers(302, others=302)  # led to another page, whoever asks
AWAY_ALL = answers(302, *ROLES)
IN_ALREADY = answers(302, others=302, visitor=200)  # for visitors; those inside are led on
PROVE = answers(302, others=302)  # to prove themselves once more, or to sign in
SOMEBODY = {"key": "somebody"}

RULES: dict[str, Rule] = {
    "people:language": Rule(AWAY, "post", body={"language": "en"}),
    "people:first": Rule(NOBODY, names={"key": "somebody", "token": "used-up"}),
    "account_login": Rule(IN_ALREADY),
    "account_request_login_code": Rule(IN_ALREADY),
    "account_confirm_login_code": Rule(AWAY_ALL),
    "mfa_login_webauthn": Rule(AWAY_ALL),
    "mfa_authenticate": Rule(AWAY_ALL),
    "account_logout": Rule(SIGNED_IN),
    "account_signup": Rule(IN_ALREADY),
    "account_email_verification_sent": Rule(AWAY_ALL),
    "account_reset_password": Rule(EVERYBODY),
    "account_confirm_password_reset_code": Rule(AWAY_ALL),
    "account_complete_password_reset": Rule(AWAY_ALL),
    "account_password_reset_completed": Rule(EVERYBODY),
    "account_inactive": Rule(EVERYBODY),
    "account_change_password": Rule(SIGNED_IN),
    "account_set_password": Rule(PROVE),
    "account_email": Rule(PROVE),
    "usersessions_list": Rule(SIGNED_IN),
    "account_reauthenticate": Rule(SIGNED_IN),
    "mfa_reauthenticate": Rule(PROVE),
    "mfa_reauthenticate_webauthn": Rule(PROVE),
    "mfa_index": Rule(SIGNED_IN),
    "mfa_activate_totp": Rule(PROVE),
    "mfa_deactivate_totp": Rule(PROVE),
    "mfa_view_recovery_codes": Rule(PROVE),
    "mfa_generate_recovery_codes": Rule(PROVE),
    "mfa_download_recovery_codes": Rule(PROVE, is_file=True),
    "mfa_list_webauthn": Rule(AWAY),
    "mfa_add_webauthn": Rule(PROVE),
    "people:account": Rule(SIGNED_IN),
    "people:confirm_by_mail": Rule(SIGNED_IN),
    "people:end_other_sessions": Rule(AWAY, "post"),
    "people:end_session": Rule(answers(404, others=404), "post", {"name": "nobody’s"}),
    "people:remove_passkey": Rule(answers(404, others=404), names={"name": "nobody’s"}),
    "people:consents": Rule(SIGNED_IN),
    "people:consent": Rule(SIGNED_IN, names=PURPOSE),
    "people:consent_texts": Rule(ADMINISTRATORS),
    "people:consent_text": Rule(EVERYBODY, names=PURPOSE),
    "people:consent_version": Rule(EVERYBODY, names=PURPOSE | {"version": "1"}),
    "people:new_consent_text": Rule(ADMINISTRATORS, names=PURPOSE),
    "people:people": Rule(ADMINISTRATORS),
    "people:person": Rule(ADMINISTRATORS, names=SOMEBODY),
    "people:lost": Rule(answers(302, "administrator"), names=SOMEBODY),
    "people:give_link": Rule(answers(302, "administrator"), names=SOMEBODY),
    "register:release_administrator": Rule(answers(302, "administrator"), names=SOMEBODY),
    "people:paper": Rule(ADMINISTRATORS, names=SOMEBODY | PURPOSE),
    "people:take_back": Rule(answers(302, "administrator"), "post", SOMEBODY | PURPOSE),
    "held:held": Rule(SIGNED_IN, most_queries=52),  # one a table that holds people
    "held:extract": Rule(PROVE, is_file=True),
    "held:erase": Rule(PROVE),
    "held:erase_other": Rule(answers(302, "administrator"), names=SOMEBODY),
    "held:act": Rule(EVERYBODY, names={"key": "act"}),
}


def samples(world: World) -> dict[str, str]:
    """Somebody whose account is helped with, and an act of erasure of somebody else."""
    gone, helper = a_person("gone"), an_administrator("helper")
    act = ErasureAct.objects.create(
        person_key=gone.key,
        at=NOON + timedelta(days=1),
        ground=ErasureAct.Ground.VISIT,
        paper_number="12-ПД",
        paper_on=NOON.date(),
        done_by=helper,
        counts={"account": 3},
    )
    return {"somebody": str(a_person("helped").key), "act": str(act.key), "nobody’s": "0" * 32}
