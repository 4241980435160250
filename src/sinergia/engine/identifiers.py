"""ИНН and ОГРН as tables hold them: as text, as numbers, with zeros and digits lost on the way."""

import re
from dataclasses import dataclass

from stdnum.ru import inn as stdnum_inn
from stdnum.ru import ogrn as stdnum_ogrn

from sinergia.engine.numbers import is_nothing
from sinergia.engine.text import clean_line

_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?[eEеЕ]\+?(\d{1,2})", re.ASCII)
_ZERO_TAIL = re.compile(r"(\d)[.,]0+$", re.ASCII)
_COMMA_GROUPS = re.compile(r"\d{1,3}(?:,\d{3}){2,}", re.ASCII)
_LABEL = re.compile(r"^(?:ИНН|ОГРН(?:ИП)?|INN|OGRN(?:IP)?)\s*[:№#]?\s*", re.IGNORECASE)
_AND_KPP = re.compile(r"(?<=\d)\s*[/\\]\s*\d{4}[\dA-Z]{2}\d{3}$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier read from a cell: digits only, or the cell's text where `is_valid` is False.

    note: "" as it should be; "zero_restored" a leading zero was given back; "length",
    "check_digit", "prefix" digits, but not those of a real one; "lost" digits fell to a
    scientific form; "unreadable" not a number at all.
    """

    value: str
    is_valid: bool
    note: str = ""


def read_inn(cell: object) -> Identifier | None:
    """Read an ИНН (10 digits of an organisation, 12 of a person); None where there is none."""
    read = _digits_of(cell)
    return _checked_inn(read) if isinstance(read, str) else read


def _checked_inn(read: str) -> Identifier:
    if len(read) in {9, 11} and _is_inn("0" + read):
        return Identifier("0" + read, is_valid=True, note="zero_restored")
    if len(read) not in {10, 12}:
        return Identifier(read, is_valid=False, note="length")
    if not _is_inn(read):
        return Identifier(read, is_valid=False, note="check_digit")
    return Identifier(read, is_valid=True)


def _is_inn(digits: str) -> bool:
    """Check the digits; those of organisations in a fifth of the time that stdnum takes."""
    if len(digits) != 10:
        return bool(stdnum_inn.is_valid(digits))
    a, b, c, d, e, f, g, h, i, key = (sign - 48 for sign in digits.encode())
    weighed = 2 * a + 4 * b + 10 * c + 3 * d + 5 * e + 9 * f + 4 * g + 6 * h + 8 * i
    return weighed % 11 % 10 == key


def read_ogrn(cell: object) -> Identifier | None:
    """Read an ОГРН (13 digits) or ОГРНИП (15); None where there is none."""
    read = _digits_of(cell)
    return _checked_ogrn(read) if isinstance(read, str) else read


def _checked_ogrn(read: str) -> Identifier:
    if len(read) not in {13, 15}:
        return Identifier(read, is_valid=False, note="length")
    if read[0] not in ("15" if len(read) == 13 else "3"):
        return Identifier(read, is_valid=False, note="prefix")
    if read != _with_ogrn_digit(read[:-1]):
        return Identifier(read, is_valid=False, note="check_digit")
    return Identifier(read, is_valid=True)


def complete_inn(first_nine: str) -> str:
    """Add the check digit to nine digits of an organisation's ИНН."""
    return first_nine + str(stdnum_inn.calc_company_check_digit(first_nine))


def complete_ogrn(first_twelve: str) -> str:
    """Add the check digit to twelve digits of an ОГРН."""
    return _with_ogrn_digit(first_twelve)


def _with_ogrn_digit(digits: str) -> str:
    """Add the lowest digit of the remainder by 11 (ОГРН) or by 13 (ОГРНИП).

    stdnum compares the whole remainder by 13 with one digit, so it never lets 10-12 pass.
    """
    if len(digits) == 12:
        return digits + str(stdnum_ogrn.calc_check_digit(digits + "0"))
    return digits + str(int(digits) % 13 % 10)


def _digits_of(cell: object) -> str | Identifier | None:
    """Give the digits, or None for "nothing", or an Identifier that says what is wrong."""
    if isinstance(cell, str):
        return _digits_in(cell)
    if is_nothing(cell):
        return None
    if isinstance(cell, bool):
        return Identifier(str(cell), is_valid=False, note="unreadable")
    if isinstance(cell, float):
        if abs(cell) >= 2**53:
            return Identifier(repr(cell), is_valid=False, note="lost")
        return _digits_in(str(int(cell)) if cell.is_integer() else repr(cell))
    return _digits_in(str(cell))


def _digits_in(text: str) -> str | Identifier | None:
    bare = text.removesuffix(".0")  # how most tables write a number, and nearly every cell
    if bare.isascii() and bare.isdigit():
        return bare if bare.strip("0") else None
    if is_nothing(text):
        return None
    text = clean_line(text)
    bare = _AND_KPP.sub("", _LABEL.sub("", text.strip("'’`\" "))).replace(" ", "")
    if found := _SCIENTIFIC.fullmatch(bare):
        return _recovered(found[1] + (found[2] or ""), places=int(found[3]), written=text)
    if _COMMA_GROUPS.fullmatch(bare):
        bare = bare.replace(",", "")
    bare = _ZERO_TAIL.sub(r"\1", bare)
    if is_nothing(bare):
        return None
    if not re.fullmatch(r"\d+", bare, re.ASCII):
        return Identifier(text, is_valid=False, note="unreadable")
    return bare if bare.strip("0") else None


def _recovered(mantissa: str, *, places: int, written: str) -> str | Identifier:
    """Write a scientific form out, if its mantissa kept every digit."""
    tail = mantissa[places + 1 :]
    if len(mantissa) <= places or tail.strip("0"):
        return Identifier(written, is_valid=False, note="lost")
    return mantissa[: places + 1]
