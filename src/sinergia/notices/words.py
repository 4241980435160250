"""Messages in the words of their reader: sentences by their code, letters as they go out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.template import Context, engines
from django.template.backends.django import Template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import pgettext

from sinergia.base.ui.parts import Tile
from sinergia.base.ui.templatetags.figures import count
from sinergia.engine.placeholders import filled
from sinergia.engine.refusal import Gap
from sinergia.notices.access import link_token
from sinergia.notices.actions.sending import Words
from sinergia.notices.models import Digest, Mailing, Notice, Recipient
from sinergia.notices.queries.mailings import Counts, sample_of

SENT_TILES = ("opened", "to_phone", "came_back", "phoned")
DRAFT_TILES = ("total", "waiting")  # told even where they are nothing; the others are not


@dataclass(frozen=True)
class Said:
    """A message in somebody's language, as plain text."""

    subject: str
    text: str


@dataclass(frozen=True)
class Line:
    """A message with what it says, for lists."""

    notice: Notice
    said: Said


def explain(gap: Gap) -> str:
    """The sentence for what a rule has against a message."""
    return render_to_string(f"notices/said/{gap.code}.txt", dict(gap.values)).strip()


def said_by(notice: Notice) -> Said:
    """A message in the language of the moment."""
    folder = notice.code.partition(".")[0]
    return _said(f"{folder}/notices/{notice.code}.txt", notice.values)


def lines_of(notices: Sequence[Notice]) -> list[Line]:
    """Messages with their words."""
    return [Line(notice, said_by(notice)) for notice in notices]


def letter_of(notice: Notice) -> Said:
    """The letter of one message, in its reader's language."""
    with translation.override(notice.person.language):
        said = said_by(notice)
        context = {"said": said, "notice": notice, "link": link_to(notice.key)}
        return _said("notices/letters/notice.txt", context)


def letter_of_digest(digest: Digest, notices: Sequence[Notice]) -> Said:
    """The daily letter, in its reader's language."""
    with translation.override(digest.person.language):
        context = {"lines": lines_of(notices), "link": link_to(digest.key)}
        return _said("notices/letters/digest.txt", context)


def letter_of_mailing(recipient: Recipient, names: Sequence[str]) -> Words:
    """A mailing's letter to one recipient; what the author wrote stays as it is."""
    filled = sample_of(recipient, names)
    with translation.override(recipient.language):
        context = {"said": filled, "link": link_to(recipient.key)}
        said = _said("notices/letters/mailing.txt", context)
    return Words(said.subject, filled.text, said.text, leave_link(recipient.key))


def link_to(key: UUID) -> str:
    """The one link of a letter: opens the message without signing in."""
    return settings.SITE_URL + path_to(key)


def path_to(key: UUID) -> str:
    """The same, as pages of this site name it."""
    return reverse("notices:link", kwargs={"key": key, "token": link_token(key)})


def leave_link(key: UUID) -> str:
    """Where a mail program gives such letters up."""
    return settings.SITE_URL + leave_path(key)


def leave_path(key: UUID) -> str:
    """The same, as pages of this site name it."""
    return reverse("notices:stop", kwargs={"key": key, "token": link_token(key)})


def part_names() -> dict[str, str]:
    """What became of recipients, as tabs say it, by the words of PARTS."""
    return {
        "total": pgettext("recipients", "All"),
        "to_phone": pgettext("recipients", "To be phoned"),
        "opened": pgettext("recipients", "Opened"),
        "unopened": pgettext("recipients", "Did not open"),
        "came_back": pgettext("recipients", "Came back"),
        "no_address": pgettext("recipients", "No address"),
        "withheld": pgettext("recipients", "Did not agree"),
        "phoned": pgettext("recipients", "Told by phone"),
        "waiting": pgettext("recipients", "Still to go"),
    }


def tabs_of(counts: Counts, part: str) -> list[tuple[str, str, int, bool]]:
    """The tabs of a mailing: the word of an address, name, number, whether it is shown now."""
    numbers = {word: int(getattr(counts, word)) for word in part_names()}
    return [
        (word, name, numbers[word], word == part)
        for word, name in part_names().items()
        if numbers[word] or word in ("total", "to_phone", part)
    ]


def tiles_of(counts: Counts, *, is_sent: bool, url: str) -> list[Tile]:
    """A mailing in figures: before it goes who will be reached, then who was.

    url: of the mailing's page; each number opens its recipients there.
    """
    names = part_names() if is_sent else draft_part_names()
    numbers = {part: int(getattr(counts, part)) for part in (SENT_TILES if is_sent else names)}
    return [
        Tile(count(number), names[part], f"{url}?part={part}#recipients" if number else "")
        for part, number in numbers.items()
        if number or is_sent or part in DRAFT_TILES
    ]


def draft_part_names() -> dict[str, str]:
    """Who will be reached, and who not, by the words of PARTS: nothing has gone yet."""
    return {
        "total": pgettext("recipients", "Chosen"),
        "waiting": pgettext("recipients", "Letters to be sent"),
        "unopened": pgettext("recipients", "Share a mailbox with another"),
        "came_back": pgettext("recipients", "Mailboxes that take no letters"),
        "no_address": pgettext("recipients", "No address"),
        "withheld": pgettext("recipients", "Did not agree"),
    }


def for_chat(said: Said, link: str) -> str:
    """A message as one text that can be put into a chat."""
    return "\n\n".join(part for part in (said.subject, said.text, link) if part)


def mailing_for_chat(mailing: Mailing) -> str:
    """The same of a message to many: nobody's name stands in a chat, whoever reads is meant."""
    those = [pgettext("addressed in a chat", "colleagues")]
    return for_chat(Said(filled(mailing.subject, those), filled(mailing.text, those)), "")


def _said(name: str, values: Mapping[str, object]) -> Said:
    """Render a sentence as plain text: what is escaped for a page would be wrong in a letter."""
    found = engines["django"].get_template(name)
    if not isinstance(found, Template):
        raise TypeError(name)
    told = found.template.render(Context(dict(values), autoescape=False))
    subject, _, text = told.strip().partition("\n")
    return Said(subject.strip(), text.strip())
