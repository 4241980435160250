"""What the installation stands on: its settings, its disk."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.checks import ERROR, run_checks
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from sinergia.base.files.adapters.disk import LEAST_FREE_BYTES, free_bytes
from sinergia.web.commands.preparing import is_static_stale
from sinergia.web.operations.facts.fact import Fact, State

FEW_FREE_BYTES = 4 * LEAST_FREE_BYTES
FONTS = [f"ui/fonts/roboto-{weight}.woff2" for weight in (400, 500, 700)]


def facts_of_configuration(*, now: datetime, is_deep: bool) -> Iterator[Fact]:
    """Look at the settings as Django does, and at what is served beside the pages."""
    wrong = [f"{told.msg} ({told.id})" for told in run_checks() if told.level >= ERROR]
    if settings.IS_DEMO and settings.ENVIRONMENT.has_https:
        wrong.append(_("SINERGIA_DEMO=1 lets anybody enter: take it away on a real site."))
    yield Fact(
        code="settings",
        name=_("Settings"),
        value=" ".join(wrong) or _("agree with one another"),
        state=State.BROKEN if wrong else State.ORDER,
        means=_("What the variables SINERGIA_… say."),
        mend=_("See docs/configuration.md."),
    )
    is_shared = settings.ENVIRONMENT.has_https and not settings.TRUSTED_PROXIES
    yield Fact(
        code="proxies",
        name=_("Addresses of visitors"),
        value=_("all share the address of the proxy") if is_shared else _("each has its own"),
        state=State.LOOK if is_shared else State.ORDER,
        means=_("Wrong passwords are counted by address: ten lock whoever shares it out."),
        mend=_("Set SINERGIA_PROXIES to the number of your proxies; see docs/configuration.md."),
    )
    missing = [name for name in FONTS if finders.find(name) is None]
    stale = _("of another version") if is_static_stale() else _("of this version")
    yield Fact(
        code="assets",
        name=_("Styles, scripts and fonts"),
        value=_("missing: %s") % ", ".join(missing) if missing else stale,
        state=State.BROKEN if missing or is_static_stale() else State.ORDER,
        means=_("What pages look like."),
        mend=_("styles and scripts are of another version: run “sinergia init --admin EMAIL”."),
    )


def facts_of_disk(*, now: datetime, is_deep: bool) -> Iterator[Fact]:
    """Look whether there is room left."""
    free = free_bytes()
    states = ((LEAST_FREE_BYTES, State.BROKEN), (FEW_FREE_BYTES, State.LOOK))
    yield Fact(
        code="disk",
        name=_("Free in the data folder"),
        value=filesizeformat(free),
        state=next((state for floor, state in states if free < floor), State.ORDER),
        means=_("The database, the files and the next backup need room."),
        mend=_("Make room: move old backups away, or give the data folder a larger disk."),
    )
