"""What rules say of what follows a win."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from sinergia.packs.rules.values import Code, Days, Minor, Named, Part, Strict


class GrantCondition(Strict):
    """What must be there before an agreement is signed."""

    code: Code
    text: Named


class GrantPeriod(Strict):
    """A part of a grant's time. share: of the sum, paid before it; of the time, all are equal."""

    share: Part


class Changes(Strict):
    """What may change by a notice. consent: fields of the project that need the operator's word.

    shift_share: so much of an article may go to others by notice, of all notices together.
    shift_days: by so many days an event may move by notice.
    """

    shift_share: Part = Decimal("0.1")
    shift_days: Days = 30
    consent: tuple[str, ...] = ("results", "goals", "tasks", "target_groups", "head", "ends_on")


class Grade(Strict):
    """How a grant was done, from best to worst. is_success: it counts among those done well."""

    code: Code
    name: Named
    is_success: bool = True


class Grants(Strict):
    """What follows a win: conditions, periods with tranches, reports, changes, grades.

    periods: above long_minor `periods_long`. report_workdays: after a period ends; final_workdays:
    after the whole. first_workdays: after the signing, for the first tranche. photos: least of
    each event.
    """

    conditions: tuple[GrantCondition, ...] = ()
    periods: tuple[GrantPeriod, ...] = (GrantPeriod(share=Decimal(1)),)
    long_minor: Minor | None = None
    periods_long: tuple[GrantPeriod, ...] = ()
    first_workdays: Days = 20
    report_workdays: Days = 15
    final_workdays: Days = 15
    photos: Annotated[int, Field(ge=0, le=20)] = 0
    changes: Changes = Changes()
    grades: tuple[Grade, ...] = ()

    def periods_of(self, sum_minor: int) -> tuple[GrantPeriod, ...]:
        """The parts of a grant of such a sum."""
        is_long = self.long_minor is not None and sum_minor > self.long_minor
        return self.periods_long if is_long else self.periods
