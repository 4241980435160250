"""Finds the sentence for what a rule has against an act."""

from datetime import date, datetime

from django.template.loader import select_template

from sinergia.engine.refusal import Gap


def explain(gap: Gap) -> str:
    """The sentence for a gap, in the reader's language; of other floors, theirs.

    Of its values `day` is a day and `at` a moment, both in ISO 8601.
    """
    rooms = ("grants", "review", "applications", "projects", "people", "drafts", "files")
    template = select_template([f"{room}/said/{gap.code}.txt" for room in rooms])
    told: dict[str, object] = {"values": gap.values, **gap.values}
    if day := gap.values.get("day"):
        told["day"] = date.fromisoformat(str(day))
    if at := gap.values.get("at"):
        told["at"] = datetime.fromisoformat(str(at))
    sentence: str = template.render(told)
    return sentence.strip()
