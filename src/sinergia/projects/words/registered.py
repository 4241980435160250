"""What the register says of who applies, so that the form need not ask it again."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from sinergia.base.ui.templatetags.figures import day
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.identifiers import numbers_of
from sinergia.organisations.queries.inside import heads_of, ways_of

UNKNOWN = "—"


def registered_said(organisation: Organisation, *, today: date) -> list[tuple[str, str]]:
    """Facts by their labels; a dash shows what is still to be written down there."""
    numbers = [(one.get_scheme_display(), one.value) for one in numbers_of(organisation)]
    since = organisation.registered_on
    return [
        (_("Name of the organisation"), organisation.name),
        (_("Short name"), organisation.short_name or UNKNOWN),
        *numbers,
        (_("Date of registration"), day(since) if since is not None else UNKNOWN),
        (_("Address"), organisation.address or UNKNOWN),
        (_("Heads in office"), _joined(_heads(organisation, today))),
        *_ways(organisation),
    ]


def _heads(organisation: Organisation, today: date) -> Iterator[str]:
    for one in heads_of(organisation):
        if one.until is None or one.until >= today:
            yield ", ".join(filter(None, (one.name, one.post)))


def _ways(organisation: Organisation) -> Iterator[tuple[str, str]]:
    """How it is reached. The first e-mail is the one to which letters of weight go."""
    ways = list(ways_of(organisation))
    emails = [one for one in ways if one.kind == one.Kind.EMAIL]
    yield _("Telephone"), _joined(one.value for one in ways if one.is_phone)
    yield _("E-mail for official letters"), emails[0].value if emails else UNKNOWN
    yield _("E-mail that everybody sees"), _joined(one.value for one in emails if one.is_shown)
    yield _("Site"), organisation.site or UNKNOWN
    yield (
        _("Pages in networks"),
        _joined(one.value for one in ways if one.kind == one.Kind.LINK),
    )


def _joined(some: Iterator[str]) -> str:
    return "; ".join(some) or UNKNOWN
