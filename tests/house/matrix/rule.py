"""How a row of the permission matrix is written.

200 a page; 302 sent on (a visitor to the sign-in page, others to where the act led); 403 theirs
but not their verb; 404 not there for them; 405 not by this verb; 422 there, but what was sent is
not enough.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Whose rows: everything that a row names belongs to region A, to centre A that serves it, and to
# one organisation there. `leader` and `editor` are of that organisation, `outsider` leads another
# one of the region; `consultant` and `head` are staff of centre A, `neighbour` of centre B, which
# serves region B; `official` is of region A. A `person` has an account and no role.
ROLES = (
    "visitor",
    "person",
    "leader",
    "editor",
    "outsider",
    "consultant",
    "head",
    "neighbour",
    "official",
    "administrator",
)
STAFF = ("consultant", "head")
TEAM = ("leader", "editor")


def answers(
    inside: int, *roles: str, others: int = 403, visitor: int = 302, **named: int
) -> dict[str, int]:
    """What each role is answered: `roles` get `inside`, visitors `visitor`, the rest `others`."""
    told = {role: inside if role in roles else others for role in ROLES}
    return told | ({} if "visitor" in roles else {"visitor": visitor}) | named


EVERYBODY = answers(200, *ROLES)
NOBODY = answers(404, *ROLES)
SIGNED_IN = answers(200, others=200)
ADMINISTRATORS = answers(200, "administrator")
PRESSED = answers(302, "administrator")  # an act of administrators that leads somewhere
MISSING = answers(422, "administrator")  # the same, sent without what it needs


@dataclass(frozen=True)
class Rule:
    """One row: what each of ROLES is answered, and how the address is asked.

    names: what the address names, each a sample of the rooms' `samples` or a word as it is.
    """

    statuses: Mapping[str, int]
    verb: str = "get"
    names: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str] = field(default_factory=dict)
    is_file: bool = False  # a download, not a page
    query: str = ""  # what stands behind the question mark
    most_queries: int = 12  # of a list page; a page that walks every table may ask more


# A page is looked at as the first of these that is let in.
READERS = ("administrator", "head", "leader", "official", "person", "visitor")


def reader_of(rule: Rule) -> str:
    """Who looks at the page in tests; "" where nobody is shown one."""
    return next((role for role in READERS if rule.statuses[role] == 200), "")
