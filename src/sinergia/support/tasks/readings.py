"""What the worker runs for readings of drafts."""

from datetime import date

from django.utils import timezone

from sinergia.base.errands.marks import in_one_transaction
from sinergia.support.actions import readings
from sinergia.support.queries.readings import reading_by


@in_one_transaction
def remind_reading(key: str, on: str) -> None:
    """Remind whoever promised to read a draft by a day that it is near."""
    reading = reading_by(key)
    if reading is not None:
        readings.remind_reader(reading, date.fromisoformat(on), now=timezone.now())
