"""Experts in words: what they are invited to, how a row of the list reads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from babel import Locale
from django.conf import settings
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from sinergia.base.ui.templatetags.ui import inner_quotes
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_of
from sinergia.engine.shown import locale_of
from sinergia.people.actions import InvitationLetter
from sinergia.people.models import Invitation
from sinergia.people.queries.accounts import language_of
from sinergia.review.models import Expert, Statement
from sinergia.review.queries.expert_list import Counted

LANDING = "/experts/invited/"  # then KEY/TOKEN/
LANGUAGES = ("ru", "en", "tt", "ba", "cv", "ce", "sah", "udm", "de", "fr")


@dataclass(frozen=True)
class Row:
    """A line of the list. alike: code of who may be the same person; link: which is open."""

    counted: Counted
    directions: list[str]
    alike: str = ""
    link: Invitation | None = None


def invited_to(expert: Expert) -> str:
    """What somebody is invited to, in a phrase; how many applications is said, none is named."""
    named = _("review of the contest “%(contest)s”") % {
        "contest": inner_quotes(expert.contest.call.name)
    }
    most = ngettext(
        "as an expert, %(number)s application at most",
        "as an expert, %(number)s applications at most",
        expert.most,
    )
    return f"{named}, {most % {'number': expert.most}}"


def letter_to(expert: Expert) -> InvitationLetter:
    """The letter of an invitation, in its reader's language; of a stranger, the inviter's."""
    language = language_of(expert.email) or get_language() or "en"
    with override(language):
        what = invited_to(expert)
    return InvitationLetter(page=settings.SITE_URL + LANDING, what=what, language=language)


def directions_said(contest: Contest) -> dict[str, str]:
    """Directions of the rules by their codes."""
    kept, language = rules_of(contest), get_language() or "ru"
    rules = kept.rules if kept is not None else None
    return {one.code: one.name.told(language) for one in rules.directions} if rules else {}


def languages_said() -> list[tuple[str, str]]:
    """Languages in which somebody may read applications, in the reader's own."""
    names = Locale.parse(locale_of(get_language() or "ru")).languages
    return [(code, str(names.get(code, code))) for code in LANGUAGES]


def rows_said(
    rows: Iterable[Counted],
    directions: Mapping[str, str],
    *,
    alike: Mapping[str, str],
    links: Mapping[str, Invitation],
) -> Iterator[Row]:
    """Lines of the list."""
    for row in rows:
        one = row.expert
        named = [directions.get(code, code) for code in one.directions]
        yield Row(row, named, alike.get(one.code, ""), links.get(str(one.key)))


@dataclass(frozen=True)
class Said:
    """A statement, and whether it is signed. row: as it stands, none where it does not."""

    kind: str
    label: str
    row: Statement | None


def signed_said(signed: Mapping[str, Statement]) -> list[Said]:
    """Every statement in the order in which it is signed."""
    return [Said(one.value, str(one.label), signed.get(one.value)) for one in Statement.Kind]
