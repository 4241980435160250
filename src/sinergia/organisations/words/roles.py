"""Roles and invitations in words."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sinergia.organisations.models import Centre
from sinergia.organisations.queries.invitations import Scope


def role_said(role: str) -> str:
    """A role in the reader's language."""
    return render_to_string("register/_role.html", {"role": role}).strip()


def place_said(scope: Scope) -> str:
    """What a centre, an organisation or a region is called."""
    if isinstance(scope, Centre):
        return scope.organisation.name
    return scope.name


def what_said(scope: Scope, role: str) -> str:
    """What somebody is invited to, in a phrase."""
    return _("%(place)s, as: %(role)s") % {"place": place_said(scope), "role": role_said(role)}
