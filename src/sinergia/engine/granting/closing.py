"""The final account of a grant: what was agreed is spent, returned or was never paid."""

from collections.abc import Iterator
from dataclasses import dataclass

from sinergia.engine.granting.balance import Balance
from sinergia.engine.refusal import Gap


@dataclass(frozen=True)
class Account:
    """Minor units. taken: spent and accepted; open: spent, and nobody has said of it yet.

    agreed = taken + returned + unpaid, where `left` is nought: then the grant may be closed.
    is_told_there: nobody here is told what was spent, so all that was not returned is taken for it.
    """

    agreed_minor: int
    paid_minor: int
    taken_minor: int
    open_minor: int
    refused_minor: int
    returned_minor: int
    is_told_there: bool = False

    @property
    def unpaid_minor(self) -> int:
        """What was agreed and never paid."""
        return self.agreed_minor - self.paid_minor

    @property
    def left_minor(self) -> int:
        """Paid, and neither accepted nor returned; below nought: accepted more than was paid."""
        return self.paid_minor - self.taken_minor - self.returned_minor

    @property
    def is_even(self) -> bool:
        """Whether it comes out."""
        return not self.left_minor and not self.open_minor


def account_from(balance: Balance, *, taken_minor: int, is_told_there: bool = False) -> Account:
    """The account of a balance. taken_minor: of what was spent, what was accepted."""
    return Account(
        agreed_minor=balance.agreed_minor,
        paid_minor=balance.paid_minor,
        taken_minor=taken_minor,
        open_minor=0 if is_told_there else balance.spent_minor - taken_minor,
        refused_minor=balance.refused_minor,
        returned_minor=balance.returned_minor,
        is_told_there=is_told_there,
    )


def gaps_of_account(account: Account, currency: str) -> Iterator[Gap]:
    """What does not come out, by name: closing.unchecked, closing.on_account, closing.laid_out."""
    if account.open_minor:
        values: dict[str, str | int] = {"minor": account.open_minor, "currency": currency}
        yield Gap("closing.unchecked", values=values)
    left = account.left_minor - account.open_minor
    if left:
        code = "closing.on_account" if left > 0 else "closing.laid_out"
        yield Gap(code, values={"minor": abs(left), "currency": currency})
