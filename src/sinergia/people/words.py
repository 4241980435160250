"""Words of accounts: why a rule says no, letters, names, the square code of the app."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sinergia.base.drafts import words as drafts
from sinergia.base.drafts.actions import Saved
from sinergia.base.drafts.words import Theirs
from sinergia.base.ui.squares import square_of
from sinergia.engine.refusal import Gap
from sinergia.people.models import Person
from sinergia.people.queries import names_of


@dataclass(frozen=True)
class Written:
    """A letter, ready: in the reader's language."""

    subject: str
    text: str
    language: str


def explain(gap: Gap) -> str:
    """The sentence for a gap, in the reader's language."""
    return render_to_string(f"people/said/{gap.code}.txt", {"values": gap.values}).strip()


def letter(name: str, language: str, values: Mapping[str, object]) -> Written:
    """Write `people/letters/<name>.txt`: its first line is the subject, the rest the text."""
    with translation.override(language):
        whole = render_to_string(f"people/letters/{name}.txt", dict(values)).strip()
    subject, _rest, text = whole.partition("\n")
    return Written(subject=subject, text=text.strip(), language=language)


def display_name(person: Person) -> str:
    """What a passkey calls its owner."""
    return person.name or person.email


def passkey_name(now: datetime) -> str:
    """Propose a name for a passkey: the day it was made."""
    return _("Key of %s") % f"{now:%d.%m.%Y}"


def square_code(text: str) -> SafeString:
    """Draw a QR code as SVG, dark on white whatever the page's colours: cameras ask for it."""
    side, dark = square_of(text)
    return format_html(
        '<svg class="square-code" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" '
        'shape-rendering="crispEdges"><rect width="{0}" height="{0}" fill="#fff"/>'
        '<path d="{2}" fill="#000"/></svg>',
        side,
        _("Square code for the app’s camera"),
        dark,
    )


def theirs_of(done: Sequence[Saved]) -> dict[str, Theirs]:
    """What others have saved meanwhile in the same places, by path, with their names."""
    names = names_of(text.by for text in drafts.conflicts_in(done))
    return drafts.theirs_of(done, names)
