"""Words of what is held and erased."""

from collections.abc import Iterable, Mapping

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sinergia.base.journal.models import Entry
from sinergia.base.ui.templatetags.figures import moment
from sinergia.engine.refusal import Gap
from sinergia.insights.person.queries import Section, entry_line
from sinergia.people.models import Person


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
        "journal": [entry_line(entry) for entry in entries],
    }


def placed(entry: Entry) -> tuple[str, str, str, str]:
    """An entry as an extract prints it: place in the sealed tree, moment, verb, about what kind."""
    leaf = getattr(entry, "leaf", None)
    place = str(leaf.place) if leaf else "—"
    return place, moment(entry.at), entry.verb, entry.about_kind
