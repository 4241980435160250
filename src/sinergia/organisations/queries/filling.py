"""What an organisation takes over from the one that becomes a part of it; writes nothing."""

from collections.abc import Mapping
from copy import copy

from django.db.models import Field

from sinergia.engine.refusal import Gap
from sinergia.organisations.models import Organisation

FILLED = (
    "short_name",
    "region",
    "municipality",
    "legal_form",
    "status",
    "registered_on",
    "closed_on",
    "address",
    "site",
)
COMPANIONS = {"site": "site_key"}  # written together, so taken together
Status = Organisation.Status


def filled_from(kept: Organisation, gone: Organisation) -> dict[str, object]:
    """Fields of `kept` that are blank, with what `gone` knows; a day of closing needs a closed one.

    A status that is not known is a blank.
    """
    filled: dict[str, object] = {
        name: getattr(gone, name)
        for name in FILLED
        if is_blank(kept, name) and not is_blank(gone, name)
    }
    if filled.get("status", kept.status) != Status.CLOSED:
        filled.pop("closed_on", None)
    for name, companion in COMPANIONS.items():
        if name in filled:
            filled[companion] = getattr(gone, companion)
    return filled


def faults_of(kept: Organisation, gone: Organisation, filled: Mapping[str, object]) -> list[Gap]:
    """Why the two together would be an organisation that cannot be; none of what was so before."""
    made, faults = _with(kept, filled), []
    if made.registered_on and made.closed_on and made.closed_on < made.registered_on:
        faults.append(Gap("merge_closes_before_it_registers"))
    if "status" in filled and made.closed_on and made.status != Status.CLOSED:
        faults.append(Gap("merge_closed_and_open"))
    town, is_moved = made.municipality, bool(filled.keys() & {"region", "municipality"})
    if is_moved and town is not None and town.region_id != made.region_id:
        faults.append(Gap("merge_town_elsewhere"))
    if (kept.kind, gone.kind) == (Organisation.Kind.GROUP, Organisation.Kind.REGISTERED):
        faults.append(Gap("merge_group_stays"))
    if gone.is_public and not kept.is_public:
        faults.append(Gap("merge_public_into_hidden"))
    return faults


def is_blank(organisation: Organisation, name: str) -> bool:
    """Whether a field says nothing: as a new organisation would have it."""
    return bool(getattr(organisation, name) == blank_of(name))


def blank_of(name: str) -> object:
    """What a field holds of which nothing is known."""
    column = Organisation._meta.get_field(name)  # noqa: SLF001  # public in Django
    return column.get_default() if isinstance(column, Field) else None


def _with(kept: Organisation, filled: Mapping[str, object]) -> Organisation:
    """The organisation as it would be; a picture and not the row."""
    made = copy(kept)
    for name, value in filled.items():
        setattr(made, name, value)
    return made
