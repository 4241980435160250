"""Finds the sentence for what a rule has against an act."""

from datetime import date, datetime

from sinergia.base.ui.said import sentence
from sinergia.engine.refusal import Gap


def explain(gap: Gap) -> str:
    """The sentence for a gap, in the reader's language; of other floors, theirs.

    Of its values `day` is a day and `at` a moment, both in ISO 8601.
    """
    told: dict[str, object] = {}
    if day := gap.values.get("day"):
        told["day"] = date.fromisoformat(str(day))
    if at := gap.values.get("at"):
        told["at"] = datetime.fromisoformat(str(at))
    rooms = ("grants", "review", "applications", "projects", "people", "drafts", "files")
    return sentence(gap, *rooms, **told)
