"""How the register is read."""

from sinergia.organisations.queries.register import (
    narrow,
    number_of,
    organisations,
    shown,
    with_numbers,
    with_words,
)

__all__ = [
    "narrow",
    "number_of",
    "organisations",
    "shown",
    "with_numbers",
    "with_words",
]
