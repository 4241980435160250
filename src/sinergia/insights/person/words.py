"""Words of what is held and erased."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sinergia.base.journal import words as journal
from sinergia.base.journal.models import Entry
from sinergia.base.ui.templatetags.figures import moment
from sinergia.engine.refusal import Gap
from sinergia.insights.person.queries import Section
from sinergia.people.models import Person


@dataclass(frozen=True)
class EntrySaid:
    """An entry of the journal: place in the sealed tree, moment, what was done, its codes."""

    place: str
    at: str
    said: str
    code: str


def explain(gap: Gap) -> str:
    """The sentence for a gap, in the reader's language."""
    return render_to_string(f"held/said/{gap.code}.txt", {"values": gap.values}).strip()


def room_names() -> dict[str, str]:
    """How an act calls what each room let go of."""
    return {
        "organisations": _("Roles, claims, and the person’s words about organisations"),
        "messages": _("Messages on the site, choices of messages, rows of mailings"),
        "letters": _("Letters to the person’s addresses"),
        "files": _("Unfinished uploads; names given to files"),
        "journal": _("Details of entries in the journal"),
        "account": _("Account, addresses, ways to sign in, sessions, consents, invitations"),
    }


def counted_rooms(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """What went, by room, in the order of the list above."""
    return [(name, counts[code]) for code, name in room_names().items() if code in counts]


def extract(
    person: Person, sections: Iterable[Section], entries: Iterable[Entry], *, made: str
) -> dict[str, object]:
    """Everything held about a person as one JSON document."""
    return {
        "schema": "held/1",
        "person": str(person.key),
        "made_at": made,
        "sections": [{"title": one.title, "rows": list(one.rows)} for one in sections],
        "journal": [f"{one.at}: {one.said} ({one.code})" for one in map(told, entries)],
    }


def told(entry: Entry) -> EntrySaid:
    """An entry with its sentence, and the codes that are sealed."""
    code = f"{entry.verb}, {entry.about_kind}"
    return EntrySaid("", moment(entry.at), journal.explain(entry.verb), code)


def placed(entry: Entry) -> EntrySaid:
    """The same with its place; of an entry read together with its leaf."""
    leaf = getattr(entry, "leaf", None)
    return replace(told(entry), place=str(leaf.place) if leaf else "—")
