"""Lists from another system, and what they said of an application: the frozen document has it."""

from collections.abc import Mapping

from sinergia.base.tables.models import Load
from sinergia.base.tables.queries import loads_of
from sinergia.calls.models import Contest

KIND = "list"  # of loads
BEFORE = "filed/"  # the path of a cell: the name of its column comes next


def filed_in(values: Mapping[str, str]) -> dict[str, str]:
    """The cells of the list, by column; none where the application was written here."""
    return {
        path.removeprefix(BEFORE): text for path, text in values.items() if path.startswith(BEFORE)
    }


def last_list_of(contest: Contest) -> Load | None:
    """The list that was taken over last, or is just being; none where there was none."""
    return loads_of(KIND).filter(subject=str(contest.call.key)).first()
