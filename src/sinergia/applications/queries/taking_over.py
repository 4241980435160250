"""What a list from another system said of an application, as the frozen document keeps it."""

from collections.abc import Mapping

BEFORE = "filed/"  # the path of a cell: the name of its column comes next


def filed_in(values: Mapping[str, str]) -> dict[str, str]:
    """The cells of the list, by column; none where the application was written here."""
    return {
        path.removeprefix(BEFORE): text for path, text in values.items() if path.startswith(BEFORE)
    }
