"""Letters to those who enrolled, each in the language in which they did."""

from django.template.loader import render_to_string
from django.utils import translation

from sinergia.support.models import Enrolment
from sinergia.support.queries.enrolments import place_in_line
from sinergia.support.words.trainings import in_zone_of, own_link

KINDS = ("place", "promoted", "changed", "cancelled", "reminder", "certificate")


def letter_of(kind: str, row: Enrolment) -> tuple[str, str]:
    """Subject and text of a letter. kind: one of KINDS."""
    training = row.training
    is_waiting = row.stage == Enrolment.Stage.WAITING
    with translation.override(row.language), in_zone_of(training):
        context = {
            "row": row,
            "training": training,
            "centre": training.centre.organisation,
            "is_waiting": is_waiting,
            "number": place_in_line(row) if is_waiting else 0,
            "url": own_link(row),
        }
        said = render_to_string(f"trainings/letters/{kind}.txt", context)
    subject, _, text = said.strip().partition("\n")
    return subject.strip(), text.strip()
