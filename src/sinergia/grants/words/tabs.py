"""The pages of one grant, and the way back from them."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergia.grants.models import Grant
from sinergia.organisations.models import Centre

Tab = tuple[str, str, bool]
PAGES = ("grant", "plan", "money", "reports", "changes", "closing", "joining")
ROOMS = {  # addresses that are named elsewhere
    "reports": "reports:reports",
    "joining": "together:inside",  # the public page and who joins
}


def tabs_of(grant: Grant, here: str) -> list[Tab]:
    """What the local menu of a grant shows. here: the name of the address that is open."""
    said = {
        "grant": _("Grant"),
        "plan": _("Plan and budget"),
        "money": _("Money"),
        "reports": _("Reports"),
        "changes": _("Changes of the plan"),
        "closing": pgettext("a grant", "Closing"),
        "joining": _("Page and people"),
    }
    return [
        (said[name], reverse(ROOMS.get(name, f"grants:{name}"), args=[grant.key]), name == here)
        for name in PAGES
    ]


def crumbs_of(
    grant: Grant, centre: Centre | None, *, is_below: bool = False
) -> list[tuple[str, str]]:
    """Where a page of a grant is: among the centre's, or its organisation's own."""
    if centre is not None:
        above = (_("Grants"), reverse("grants:list"))
    else:
        above = (grant.organisation.name, reverse("grants:own", args=[grant.organisation.key]))
    own = [(grant.application.title, reverse("grants:grant", args=[grant.key]))]
    return [above, *(own if is_below else [])]
