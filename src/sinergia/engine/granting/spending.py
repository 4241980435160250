"""What is against a payment of an organisation from its grant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sinergia.engine.refusal import Gap
from sinergia.engine.text import clean_line, fold


@dataclass(frozen=True)
class Payment:
    """A payment as it was typed or read. document: what it is, a payment order or a cheque."""

    line: str
    on: date
    document: str
    number: str
    payee: str
    sum_minor: int
    currency: str
    what: str = ""

    @property
    def sign(self) -> tuple[str, str, date, str]:
        """By what the same document is known again, for one line."""
        return self.line, fold(self.number), self.on, fold(self.payee)


@dataclass(frozen=True)
class Frame:
    """Within what payments have to be. last: of the period that is reported on, or of the grant.

    lines: {line: minor units still to be spent}. known: signs of payments that are there.
    """

    currency: str
    signed_on: date | None
    last: date
    today: date
    lines: Mapping[str, int]
    known: Mapping[tuple[str, str, date, str], int]  # to their sums, minor units


def cleaned(payment: Payment) -> Payment:
    """The same with its texts on one line and as long as they are kept."""
    return Payment(
        payment.line,
        payment.on,
        clean_line(payment.document)[:120],
        clean_line(payment.number)[:80],
        clean_line(payment.payee)[:300],
        payment.sum_minor,
        payment.currency,
        clean_line(payment.what)[:500],
    )


def gaps_of_payment(payment: Payment, frame: Frame) -> list[Gap]:
    """Everything that is against a payment; paths are names of the form's fields. Pure."""
    return [*_of_document(payment, frame), *_of_day(payment, frame), *_of_sum(payment, frame)]


def _of_document(payment: Payment, frame: Frame) -> Iterator[Gap]:
    if not payment.number:
        yield Gap("spending.no_number", "number")
    if not payment.payee:
        yield Gap("spending.no_payee", "payee")
    if payment.sign in frame.known:
        yield Gap("spending.known", "number", {"number": payment.number})


def _of_day(payment: Payment, frame: Frame) -> Iterator[Gap]:
    if frame.signed_on is not None and payment.on < frame.signed_on:
        yield Gap("spending.before_agreement", "on", {"day": frame.signed_on.isoformat()})
    elif payment.on > frame.today:
        yield Gap("spending.tomorrow", "on")
    elif payment.on > frame.last:
        yield Gap("spending.after_period", "on", {"day": frame.last.isoformat()})


def _of_sum(payment: Payment, frame: Frame) -> Iterator[Gap]:
    if payment.currency != frame.currency:
        yield Gap("spending.currency", "sum", {"currency": frame.currency})
    if payment.sum_minor <= 0:
        yield Gap("spending.not_positive", "sum")
    if payment.line not in frame.lines:
        yield Gap("spending.no_line", "line")
    elif payment.sum_minor > frame.lines[payment.line]:
        left = max(0, frame.lines[payment.line])
        yield Gap("spending.above_line", "sum", {"most": left, "currency": frame.currency})
