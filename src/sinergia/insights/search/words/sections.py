"""What was found, room by room: a room joins by one function in `makers_for`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.applications.actions.indexing import KIND as APPLICATION
from sinergia.base.search.queries import Found
from sinergia.base.ui.parts import Hit
from sinergia.base.ui.templatetags.figures import count
from sinergia.calls.actions.indexing import CALL, FUND
from sinergia.engine.text import fold
from sinergia.exchange.actions.indexing import AGREEMENT, PROGRAMME, VISIT
from sinergia.insights.search import queries
from sinergia.insights.search.words.hits import (
    application_hit,
    contact_hit,
    named_hit,
    note_hit,
    numbers_of,
    organisation_hit,
    practice_hit,
)
from sinergia.organisations.actions.indexing import KIND as ORGANISATION
from sinergia.organisations.actions.notes import KIND as NOTE
from sinergia.organisations.queries.contacts import KIND as CONTACT
from sinergia.places.actions.indexing import MUNICIPALITY, REGION, THEME
from sinergia.practices.queries.catalogue import KIND as PRACTICE

Everything = Mapping[str, Found]  # kind of rows to what was found of it


@dataclass(frozen=True)
class Section:
    """What was found in one room.

    counted: how many, in words; all_url: the room's own list with the same words, "" where it
    has none or all of it stands here; is_exact: the first hit is just what was typed.
    """

    title: str
    hits: Sequence[Hit]
    counted: str
    all_url: str = ""
    is_exact: bool = False


Make = Callable[[Everything, str], Section | None]


def sections_of(found: Everything, typed: str, reader: queries.Reader) -> list[Section]:
    """The rooms in which something was found, those first that have just what was typed."""
    rooms = (make(found, typed) for make in makers_for(reader))
    made = [section for section in rooms if section is not None]
    return sorted(made, key=lambda section: not section.is_exact)


def makers_for(reader: queries.Reader) -> Sequence[Make]:
    """The rooms, in the order in which they stand."""
    named = partial(applications, reader=reader)
    return (organisations, practices, named, places, contests, exchange, contacts, notes)


def organisations(found: Everything, typed: str) -> Section | None:
    """Organisations of the register."""
    told = found[ORGANISATION]
    rows = queries.found_organisations(told.ids)
    if not rows:
        return None
    return Section(
        title=_("Organisations"),
        hits=[organisation_hit(row, typed) for row in rows],
        counted=ngettext("%(number)s organisation", "%(number)s organisations", told.count)
        % {"number": _number(told)},
        all_url=_list("organisations:list", told, rows, typed),
        is_exact=_is_typed(typed, rows[0].name, *numbers_of(rows[0])),
    )


def applications(found: Everything, typed: str, reader: queries.Reader) -> Section | None:
    """What was asked of funds."""
    told = found[APPLICATION]
    rows = queries.found_applications(told.ids, reader)
    if not rows:
        return None
    return Section(
        title=_("Applications"),
        hits=[application_hit(row, typed) for row in rows],
        counted=ngettext("%(number)s application", "%(number)s applications", told.count)
        % {"number": _number(told)},
        all_url=_list("applications:list", told, rows, typed),
        is_exact=_is_typed(typed, rows[0].title, rows[0].number),
    )


def practices(found: Everything, typed: str) -> Section | None:
    """Practices of the catalogue."""
    told = found[PRACTICE]
    rows = queries.found_practices(told.ids)
    if not rows:
        return None
    return Section(
        title=_("Practices"),
        hits=[practice_hit(row, typed) for row in rows],
        counted=ngettext("%(number)s practice", "%(number)s practices", told.count)
        % {"number": _number(told)},
        all_url=_list("practices:catalogue", told, rows, typed),
        is_exact=_is_typed(typed, rows[0].title),
    )


def places(found: Everything, typed: str) -> Section | None:
    """Regions, their municipalities, and what they call their own work."""
    told = {kind: found[kind] for kind in (REGION, MUNICIPALITY, THEME)}
    rows = queries.found_places({kind: one.ids for kind, one in told.items()})
    if not rows:
        return None
    number = sum(one.count for one in told.values())
    return Section(
        title=_("Regions, municipalities and their themes"),
        hits=[named_hit(row, typed) for row in rows],
        counted=ngettext("%(number)s place or theme", "%(number)s places and themes", number)
        % {"number": _number(*told.values())},
        is_exact=_is_typed(typed, rows[0].name, rows[0].name_ru, rows[0].address),
    )


def contests(found: Everything, typed: str) -> Section | None:
    """Funds and the contests they held."""
    told = {kind: found[kind] for kind in (FUND, CALL)}
    rows = queries.found_contests({kind: one.ids for kind, one in told.items()})
    if not rows:
        return None
    number = sum(one.count for one in told.values())
    return Section(
        title=_("Funds and contests"),
        hits=[named_hit(row, typed) for row in rows],
        counted=ngettext("%(number)s fund or contest", "%(number)s funds and contests", number)
        % {"number": _number(*told.values())},
        is_exact=_is_typed(typed, rows[0].name, rows[0].name_ru, rows[0].address),
    )


def exchange(found: Everything, typed: str) -> Section | None:
    """Programmes of exchange, agreements and visits."""
    told = {kind: found[kind] for kind in (PROGRAMME, VISIT, AGREEMENT)}
    rows = queries.found_exchange({kind: one.ids for kind, one in told.items()})
    if not rows:
        return None
    number = sum(one.count for one in told.values())
    return Section(
        title=_("Exchange"),
        hits=[named_hit(row, typed) for row in rows],
        counted=ngettext(
            "%(number)s programme, visit or agreement",
            "%(number)s programmes, visits and agreements",
            number,
        )
        % {"number": _number(*told.values())},
        is_exact=_is_typed(typed, rows[0].name, rows[0].name_ru),
    )


def contacts(found: Everything, typed: str) -> Section | None:
    """People whom the reader's centre knows."""
    told = found.get(CONTACT, Found())
    rows = queries.found_contacts(told.ids)
    if not rows:
        return None
    return Section(
        title=_("People your centre knows"),
        hits=[contact_hit(row, typed) for row in rows],
        counted=ngettext("%(number)s person", "%(number)s people", told.count)
        % {"number": _number(told)},
        all_url=_list("register:contacts", told, rows, typed),
        is_exact=_is_typed(typed, rows[0].name),
    )


def notes(found: Everything, typed: str) -> Section | None:
    """What the reader's centre noted about organisations."""
    told = found.get(NOTE, Found())
    rows = queries.found_notes(told.ids)
    if not rows:
        return None
    return Section(
        title=_("Notes of your centre"),
        hits=[note_hit(row, typed) for row in rows],
        counted=ngettext("%(number)s note", "%(number)s notes", told.count)
        % {"number": _number(told)},
    )


def _number(*told: Found) -> str:
    """How many of one kind or of several; of a kind that was counted no further, more than that."""
    number = count(sum(one.count for one in told))
    return _("more than %s") % number if any(one.is_cut for one in told) else number


def _list(address: str, told: Found, rows: Sequence[object], typed: str) -> str:
    """The room's own list of what was found, where not all of it stands here."""
    if told.count <= len(rows) and not told.is_cut:
        return ""
    return f"{reverse(address)}?{urlencode({'q': typed})}"


def _is_typed(typed: str, *texts: str) -> bool:
    return any(text and fold(text) == fold(typed) for text in texts)
