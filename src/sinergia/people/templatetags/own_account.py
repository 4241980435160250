"""The pages of one's own account, as its local navigation lists them."""

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

register = template.Library()

# Addresses of higher floors among them: an address is no knowledge.
PAGES = (
    (_("Profile"), "people:account"),
    (_("Address"), "account_email"),
    (_("Password"), "account_change_password"),
    (_("Second proof"), "mfa_index"),
    (_("Sessions"), "usersessions_list"),
    (_("Letters"), "notices:choices"),
    (_("Consents"), "people:consents"),
    (_("What is held"), "held:held"),
)


@register.simple_tag(takes_context=True)
def account_pages(context: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """List the pages that are there: label, address, whether it or one below is shown."""
    path = context["request"].path
    found = []
    for label, name in PAGES:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        is_here = path == url or (name != "people:account" and path.startswith(url))
        found.append((str(label), url, is_here))
    return found
