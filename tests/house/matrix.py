"""The permission matrix: every address, and what each role is answered there.

A new address gets a row here, or `test_doors.py` fails. Roles: a visitor who has not signed in,
a person who has, an administrator. 200 a page; 302 sent on (a visitor to the sign-in page, others
to where the act led); 403 theirs but not their verb; 404 not there for them; 405 not by this verb;
422 there, but what was sent is not enough.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.arrange import (
    a_direction,
    a_doubt,
    a_load,
    a_municipality,
    a_person,
    a_status,
    a_theme,
    an_application,
    an_organisation,
)

ROLES = ("visitor", "person", "administrator")


@dataclass(frozen=True)
class Rule:
    """One row: what each of ROLES is answered, and how the address is asked.

    names: what the address names, each a sample of `sample_names` or a word as it is.
    """

    statuses: tuple[int, int, int]
    verb: str = "get"
    names: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str] = field(default_factory=dict)
    is_file: bool = False  # a download, not a page


EVERYBODY = (200, 200, 200)
SIGNED_IN = (302, 200, 200)
ADMINISTRATORS = (302, 403, 200)
NOBODY = (404, 404, 404)

PRESSED = (302, 403, 302)  # an act of administrators that leads somewhere
MISSING = (302, 403, 422)  # the same, sent without what it needs
REGION = {"code": "region"}

MATRIX: dict[str, Rule] = {
    "web:home": Rule(EVERYBODY),
    "web:components": Rule(EVERYBODY),
    "web:enter_as": Rule(NOBODY, "post", {"key": "person"}),
    "people:language": Rule((302, 302, 302), "post", body={"language": "en"}),
    "people:first": Rule(NOBODY, names={"key": "person", "token": "used-up"}),
    "account_login": Rule((200, 302, 302)),
    "account_logout": Rule((302, 200, 200)),
    "account_signup": Rule(NOBODY),
    "account_reset_password": Rule(NOBODY),
    "account_inactive": Rule(NOBODY),
    "applications:list": Rule(EVERYBODY),
    "applications:export": Rule(EVERYBODY, names={"form": "csv"}, is_file=True),
    "applications:detail": Rule(EVERYBODY, names={"key": "application"}),
    "applications:new": Rule(ADMINISTRATORS),
    "applications:loads": Rule(ADMINISTRATORS),
    "applications:offer": Rule(ADMINISTRATORS),
    "applications:template": Rule(ADMINISTRATORS, is_file=True),
    "applications:load": Rule(ADMINISTRATORS, names={"key": "load"}),
    "applications:start": Rule(MISSING, "post", {"key": "load"}),
    "applications:report": Rule(ADMINISTRATORS, names={"key": "load"}, is_file=True),
    "applications:queue": Rule(ADMINISTRATORS),
    "applications:doubt": Rule(ADMINISTRATORS, names={"key": "doubt"}),
    "applications:reopen": Rule(PRESSED, "post", {"key": "doubt"}),
    "applications:words": Rule(ADMINISTRATORS),
    "calls:funds": Rule(ADMINISTRATORS),
    "calls:fund": Rule(ADMINISTRATORS, names={"key": "fund key"}),
    "calls:themes": Rule(ADMINISTRATORS, names=REGION),
    "calls:add_theme": Rule(MISSING, "post", REGION),
    "calls:directions": Rule(PRESSED, "post", REGION),
    "calls:theme": Rule(ADMINISTRATORS, names=REGION | {"key": "theme"}),
    "calls:remove_theme": Rule(PRESSED, "post", REGION | {"key": "theme"}),
    "regions:list": Rule(SIGNED_IN),
    "regions:detail": Rule(EVERYBODY, names=REGION),
    "regions:docx": Rule(EVERYBODY, names=REGION, is_file=True),
    "regions:pdf": Rule(EVERYBODY, names=REGION, is_file=True),
    "organisations:list": Rule(EVERYBODY),
    "organisations:export": Rule(EVERYBODY, names={"form": "csv"}, is_file=True),
    "organisations:detail": Rule(EVERYBODY, names={"key": "organisation"}),
}


def sample_names() -> dict[str, str]:
    """Make one row of each thing that has an address; give what addresses call them."""
    application = an_application(organisation=an_organisation())
    assert application.region is not None
    assert application.organisation is not None
    return {
        "region": application.region.code,
        "municipality": str(a_municipality().key),
        "theme": str(a_theme().key),
        "fund": application.fund.code,
        "fund key": str(application.fund.key),
        "call": str(application.call.key),
        "direction": str(a_direction().key),
        "status": str(a_status().key),
        "organisation": str(application.organisation.key),
        "application": str(application.key),
        "doubt": str(a_doubt(an_application()).key),
        "load": str(a_load().key),
        "person": str(a_person("somebody").key),
    }
