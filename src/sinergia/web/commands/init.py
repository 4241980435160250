"""`sinergia init`: an installation ready to serve, and a way in for its first administrator."""

from typing import Annotated

import typer
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergia.base.journal.actions import seal_all
from sinergia.people.actions import command_person, first_link_of, make_administrator
from sinergia.web.commands.preparing import prepare
from sinergia.web.commands.restore import finish
from sinergia.web.commands.searching import mend_search, rows_astray
from sinergia.web.commands.terminal import say


def init(
    admin: Annotated[str, typer.Option("--admin")],
    host: Annotated[str, typer.Option("--host")] = "",
) -> None:
    """Prepare the database; print a link by which `admin` sets a password within the hour."""
    site = site_address(host)
    try:
        validate_email(admin)
    except ValidationError as error:
        raise ValidationError(_("--admin: %s is no e-mail address.") % admin[:80]) from error
    finish()
    prepare()
    if rows_astray():  # an older version searched less, or otherwise
        say(_("Search is made ready; with many rows this takes a minute."))
        mend_search()
    now = timezone.now()
    person = make_administrator(admin, actor=command_person(now), now=now)
    seal_all(now=now)
    token = first_link_of(person)
    say(_("Administrator %s. The link sets the password once, within the hour:") % person.email)
    say(site + reverse("people:first", kwargs={"key": person.key, "token": token}))


def site_address(host: str) -> str:
    """Give the site's address without the last slash; that of the settings if not given."""
    if not host:
        return str(settings.SITE_URL)
    try:
        URLValidator(schemes=["http", "https"])(host)
    except ValidationError as error:
        raise ValidationError(_("--host: give an address like https://example.org.")) from error
    return host.rstrip("/")


COMMANDS = (init,)
