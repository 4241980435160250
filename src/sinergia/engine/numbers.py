"""Numbers and dates as people leave them in the cells of a table."""

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sinergia.engine.text import fold

_NOTHING = frozenset(
    {"", "нет", "нет данных", "нет сведений", "н/д", "#н/д", "нд", "x", "х", "пусто", "прочерк"}
    | {"не указан", "не указана", "не указано", "отсутствует", "отсутствуют"}
    | {"none", "null", "nil", "na", "nan", "n/a", "#n/a", "no data"}
    | {"-", "--", "---", "–", "—", "―", "−", "_", ".", "..", "...", "…", "?", "*", "/"}
)

_MONTHS = (
    ("января", "январь", "january"),
    ("февраля", "февраль", "february"),
    ("марта", "март", "march"),
    ("апреля", "апрель", "april"),
    ("мая", "май", "may"),
    ("июня", "июнь", "june"),
    ("июля", "июль", "july"),
    ("августа", "август", "august"),
    ("сентября", "сентябрь", "september"),
    ("октября", "октябрь", "october"),
    ("ноября", "ноябрь", "november"),
    ("декабря", "декабрь", "december"),
)
_LONE_MARK = re.compile(r"\D*[1-9]\d{0,2}[.,]\d{3}\D*", re.ASCII)
_TIME = r"(?:(?:t|\s)\s*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})" + _TIME, re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})" + _TIME, re.ASCII)
_YEAR_DASH = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_CLOCK = re.compile(r",?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?$", re.ASCII)
_DAY_IN_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([а-яa-z]+)\.?,?[ -](\d{4})", re.ASCII)
_MONTH_IN_WORDS = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.ASCII)
_YEAR_WORD = re.compile(r"(?<=\d)\s*(?:года|год|г)\.?$")

# Days of a spreadsheet between 1954 and 2119: outside them a bare number is no date.
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_DAY_ZERO = date(1899, 12, 30)


class Unreadable(ValueError):  # noqa: N818  (named, as Refused and Stale are, by what happened)
    """A cell holds something, and it is not what its column promises.

    code: "number", "negative", "too_large", "currency", "ambiguous", "lost", "date".
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_nothing(cell: object) -> bool:
    """Tell whether a cell says "nothing here": empty, a dash, «нет», an error of a formula."""
    if cell is None:
        return True
    if isinstance(cell, float):
        return math.isnan(cell)
    if not isinstance(cell, str) or cell[:1].isdigit():  # most cells of a large file end here
        return False
    return fold(cell) in _NOTHING


def has_lone_mark(text: str) -> bool:
    """Tell whether "1,234" stands there: in a table thousands; where it is typed, who knows."""
    return _LONE_MARK.fullmatch(text) is not None


def read_decimal(cell: object) -> Decimal | None:
    """Read a number from a cell; None where the cell says nothing. Raises `Unreadable`.

    A lone separator before exactly three digits parts thousands: "1,234" is 1234.
    """
    if is_nothing(cell):
        return None
    if isinstance(cell, bool):
        raise Unreadable("number")
    if isinstance(cell, Decimal | int):
        number = Decimal(cell)
    elif isinstance(cell, float):
        number = Decimal(repr(cell))
    elif isinstance(cell, str):
        number = _decimal_in(fold(cell))
    else:
        raise Unreadable("number")
    if not number.is_finite():
        raise Unreadable("number")
    return number


def _decimal_in(text: str) -> Decimal:
    sign = 1
    if text[:1] in {"-", "−", "–"}:
        sign, text = -1, text[1:].lstrip()
    elif text[:1] == "(" and text[-1:] == ")":  # an accountant's minus
        sign, text = -1, text[1:-1].strip()
    elif text[:1] == "+":
        text = text[1:].lstrip()
    if re.fullmatch(r"\d+(?:[.,]\d+)?[eе][+-]?\d+", text, re.ASCII):
        raise Unreadable("lost")
    return sign * Decimal(_plain(text))


def _plain(text: str) -> str:
    """Turn digits with separators into the form Decimal knows."""
    if not re.fullmatch(r"\d+(?:[ .,'’ʼ`]\d+)*", text, re.ASCII):
        raise Unreadable("number")
    groups, marks = re.split(r"\D", text), re.findall(r"\D", text)
    fraction = ""
    if marks and _is_decimal_mark(marks, groups):
        fraction = "." + groups.pop()
        marks.pop()
    if marks and not _are_thousands(marks, groups):
        raise Unreadable("number")
    return "".join(groups) + fraction


def _is_decimal_mark(marks: list[str], groups: list[str]) -> bool:
    last = marks[-1]
    if last not in {".", ","} or marks.count(last) > 1:
        return False
    if len(marks) > 1:
        return True
    return len(groups[1]) != 3 or len(groups[0]) > 3 or groups[0].startswith("0")


def _are_thousands(marks: list[str], groups: list[str]) -> bool:
    is_one_kind = len(set(marks)) == 1
    return is_one_kind and len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])


def read_date(cell: object) -> date | None:
    """Read a date from a cell; None where the cell says nothing. Raises `Unreadable`.

    Days come before months in "03.04.2023" and "03/04/2023"; "23" is 2023.
    """
    if is_nothing(cell):
        return None
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return _day_of_date(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _day_of_serial(cell)
    if isinstance(cell, str):
        return _day_in(fold(cell))
    raise Unreadable("date")


def read_moment(cell: object) -> datetime | None:
    """Read a day, and a time beside it where there is one, else its beginning.

    Of no zone, unless the cell names one. None where it says nothing. Raises `Unreadable`.
    """
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, str) and _YEAR_DASH.match(cell.strip()):
        try:
            return datetime.fromisoformat(cell.strip())
        except ValueError as error:
            raise Unreadable("date") from error
    clock = time()
    if isinstance(cell, str) and (found := _CLOCK.search(cell.strip())):
        hour, minute, second = (int(part or 0) for part in found.groups())
        try:
            clock = time(hour, minute, second)
        except ValueError as error:
            raise Unreadable("date") from error
        cell = cell.strip()[: found.start()]
    day = read_date(cell)
    return datetime.combine(day, clock) if day is not None else None


def _day_of_date(day: date) -> date | None:
    if day.year < 1900:  # an empty cell that was given the look of a date
        return None
    return day


def _day_of_serial(serial: float) -> date | None:
    if serial == 0:
        return None
    if not _FIRST_SERIAL <= serial <= _LAST_SERIAL:
        raise Unreadable("date")
    return _DAY_ZERO + timedelta(days=int(serial))


def _day_in(text: str) -> date | None:
    if re.fullmatch(r"\d{1,5}(?:[.,]\d+)?", text, re.ASCII):
        return _day_of_serial(float(text.replace(",", ".")))
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(found[1], int(found[3]), found[4])
    text = _YEAR_WORD.sub("", text)
    if found := _DAY_FIRST.fullmatch(text):
        is_short = len(found[4]) == 2
        if is_short and found[2] == "-":  # "23-01-14" may begin with either end
            raise Unreadable("date")
        return _day("20" + found[4] if is_short else found[4], int(found[3]), found[1])
    text = re.sub("[«»\"“”„']", "", text)
    if found := _DAY_IN_WORDS.fullmatch(text):
        return _day(found[3], _month(found[2]), found[1])
    if found := _MONTH_IN_WORDS.fullmatch(text):
        return _day(found[3], _month(found[1]), found[2])
    raise Unreadable("date")


def _month(word: str) -> int:
    for number, names in enumerate(_MONTHS, start=1):
        if len(word) >= 3 and any(name.startswith(word) for name in names):
            return number
    raise Unreadable("date")


def _day(year: str, month: int, day: str) -> date:
    if not 1900 <= int(year) < 2200:
        raise Unreadable("date")
    try:
        return date(int(year), month, int(day))
    except ValueError:
        raise Unreadable("date") from None
