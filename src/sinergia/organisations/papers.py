"""What of the register is taken away as a file."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from sinergia.base.tables.export import Value, xlsx_bytes
from sinergia.organisations.models import ListedContact
from sinergia.organisations.queries.naming import FIELD_NAMES, FIELD_NOTES


def contacts_head() -> list[str]:
    """Names of the columns of a list of people."""
    return [
        _("№"),
        _("Surname, name, patronymic"),
        _("Post"),
        _("Body"),
        _("Municipality"),
        _("Telephone"),
        _("E-mail"),
    ]


def contact_lines(rows: Iterable[ListedContact]) -> Iterator[list[Value]]:
    """One line a person, in the order of the list."""
    for number, row in enumerate(rows, start=1):
        contact, post = row.contact, row.post
        yield [
            number,
            contact.name,
            post.title if post else None,
            post.body if post else None,
            contact.municipality.name if contact.municipality else None,
            contact.phone,
            contact.email,
        ]


def template_of_organisations() -> bytes:
    """An empty list of organisations, and beside it what is written in each column."""
    head = [str(name) for name in FIELD_NAMES.values()]
    about: list[list[Value]] = [[_("Column"), _("What to write"), _("For example")]]
    about += [
        [str(FIELD_NAMES[code]), str(note), str(example)]
        for code, (note, example) in FIELD_NOTES.items()
    ]
    return xlsx_bytes(head, [], sheet=_("Organisations"), about=about)
