"""What a test asks once something was done: what was refused, who was told, what errands bring."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from sinergia.base.errands.actions import run_due_errands
from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.people.models import Person


def codes_of(act: Callable[[], object]) -> list[str]:
    """Codes of the gaps for which an act is refused."""
    with pytest.raises(Refused) as refusal:
        act()
    return codes_in(refusal)


def codes_in(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    """Codes of the gaps of a refusal."""
    return [gap.code for gap in refusal.value.gaps]


def told(person: Person) -> list[str]:
    """Codes of what a person was told, in order."""
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("code", flat=True))


def run_errands() -> int:
    """Run what the worker does within a minute from now, letters among it; say how many ran."""
    return run_due_errands(now=timezone.now() + timedelta(minutes=1))
