"""What of the register is taken away as a file."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from sinergia.base.tables.export import Value
from sinergia.organisations.models import ListedContact


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
