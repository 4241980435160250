"""What is agreed, paid, spent and returned: two sums that always come out.

    agreed = paid + to pay                     (whole)
    paid   = spent + returned + on account     (whole)
    agreed = spent + left                      (whole, and each line)

Spent is every payment of the organisation that nobody has refused; it may run ahead of what was
paid, then what is on account is below nought: the organisation laid it out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PAID, RETURNED = "paid", "returned"


@dataclass(frozen=True)
class Moved:
    """Money between the operator and the organisation. kind: PAID or RETURNED."""

    kind: str
    sum_minor: int


@dataclass(frozen=True)
class Spent:
    """What the organisation paid for a line. is_refused: it is to be returned."""

    line: str
    sum_minor: int
    is_refused: bool = False


@dataclass(frozen=True)
class LineBalance:
    """A line. refused: paid by the organisation for it, and not accepted."""

    line: str
    agreed_minor: int
    spent_minor: int
    refused_minor: int

    @property
    def left_minor(self) -> int:
        """What may still be spent for it."""
        return self.agreed_minor - self.spent_minor


@dataclass(frozen=True)
class Balance:
    """A grant's money whole, and line by line; minor units of its currency."""

    agreed_minor: int
    paid_minor: int
    returned_minor: int
    spent_minor: int
    refused_minor: int
    lines: Mapping[str, LineBalance]

    @property
    def to_pay_minor(self) -> int:
        """What was agreed and has not been paid."""
        return self.agreed_minor - self.paid_minor

    @property
    def on_account_minor(self) -> int:
        """What the organisation holds; what was refused is part of it."""
        return self.paid_minor - self.spent_minor - self.returned_minor

    @property
    def returnable_minor(self) -> int:
        """The most that may still come back."""
        return self.paid_minor - self.returned_minor

    @property
    def left_minor(self) -> int:
        """What may still be spent."""
        return self.agreed_minor - self.spent_minor


def balance_of(lines: Mapping[str, int], moved: Iterable[Moved], spent: Iterable[Spent]) -> Balance:
    """Sum up a grant. lines: {line: what the grant pays}; one that was spent for is there, too."""
    done, refused = dict.fromkeys(lines, 0), dict.fromkeys(lines, 0)
    for one in spent:
        side = refused if one.is_refused else done
        side[one.line] = side.get(one.line, 0) + one.sum_minor
    names = list(dict.fromkeys([*lines, *done, *refused]))
    by_line = {
        name: LineBalance(name, lines.get(name, 0), done.get(name, 0), refused.get(name, 0))
        for name in names
    }
    transfers = list(moved)
    return Balance(
        agreed_minor=sum(lines.values()),
        paid_minor=sum(one.sum_minor for one in transfers if one.kind == PAID),
        returned_minor=sum(one.sum_minor for one in transfers if one.kind == RETURNED),
        spent_minor=sum(one.spent_minor for one in by_line.values()),
        refused_minor=sum(one.refused_minor for one in by_line.values()),
        lines=by_line,
    )


def fault_of_transfer(balance: Balance, kind: str, sum_minor: int, *, tranche_left: int) -> str:
    """A code of what is against moving a sum, "" where nothing is.

    tranche_left: of the period it is paid for, what has not been paid.
    """
    if sum_minor <= 0:
        return "transfer.not_positive"
    if kind == RETURNED:
        return "transfer.above_paid" if sum_minor > balance.returnable_minor else ""
    if sum_minor > balance.to_pay_minor:
        return "transfer.above_agreed"
    return "transfer.above_tranche" if sum_minor > tranche_left else ""
