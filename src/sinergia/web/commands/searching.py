"""The index of search compared with the rows of every room, and brought to what they say."""

from sinergia.applications.actions.indexing import searched_applications
from sinergia.base.search.actions import Searched, mend_index, mend_words
from sinergia.base.search.queries import strays
from sinergia.calls.actions import searched_calls
from sinergia.exchange.actions.indexing import searched_exchange
from sinergia.organisations.actions.contacts import searched_contacts
from sinergia.organisations.actions.indexing import searched_organisations
from sinergia.organisations.actions.notes import searched_notes
from sinergia.places.actions import searched_places
from sinergia.practices.actions.indexing import searched_practices
from sinergia.support.actions.indexing import searched_help


def everything_searched() -> list[Searched]:
    """Each kind of rows that search finds; a kind that is not here is found by nobody's check."""
    return [
        *searched_places(),
        *searched_calls(),
        *searched_exchange(),
        searched_organisations(),
        searched_contacts(),
        searched_notes(),
        searched_applications(),
        searched_practices(),
        *searched_help(),
    ]


def rows_astray() -> int:
    """How many rows cannot be found or are found though they are no more."""
    return sum(strays(searched) for searched in everything_searched())


def mend_search() -> int:
    """Read every row again and write what it is found by; give how many were wrong."""
    # The words first: a damaged table of them refuses to have rows changed.
    return mend_words() + sum(mend_index(searched) for searched in everything_searched())
