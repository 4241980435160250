"""What the loading of the register takes: rows of a file, read and typed."""

import json
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple, Protocol, TypeAlias

from sinergia.base.tables.results import Note
from sinergia.engine.seal import canonical_texts
from sinergia.engine.spelling import spelling_key
from sinergia.engine.text import words_of
from sinergia.engine.uniting import Pair

SCHEMA = "register-row/1"
PERSONAL = {"ogrn": 15, "inn": 12}  # digits of a person's number
BETWEEN = "; "  # parts several fields of work

Verified: TypeAlias = Mapping[int, Pair]  # of a row: OGRN and INN that are right, "" for none
NOTHING_VERIFIED: Verified = {}


class Glance(NamedTuple):
    """What is looked at in every row before the first one is taken.

    identity: of a row without a verified number, by what it is known when it comes again.
    cells: digest of all that stands in it, letter by letter; b"" where nobody asked.
    """

    row: int
    ogrn: str
    inn: str
    identity: str
    region: str
    municipality: str
    oktmo: str
    status: str
    legal_form_code: str
    legal_form: str
    field: str
    cells: bytes = b""


@dataclass(slots=True)
class RegisterRow:
    """One organisation as a file has it.

    texts: field -> what stands there, clean, absent ones left out: verified numbers, dates as
    2022-05-16, sites without a scheme. A number that is none stands as it was written, under the
    field's name with a plus before it.
    """

    row: int  # as numbered in the file
    texts: dict[str, str]
    notes: list[Note] = field(default_factory=list)
    refusal: Note | None = None
    cells: bytes = b""  # digest of its cells; in a load, of what its places mean as well
    is_read: bool = True  # one that stands as it stood is not: of its texts it has the numbers

    @property
    def ogrn(self) -> str:
        """Verified by its check digit, or empty."""
        return self.texts.get("ogrn", "")

    @property
    def inn(self) -> str:
        """Verified by its check digit, or empty."""
        return self.texts.get("inn", "")

    @property
    def subject(self) -> str:
        """By what a person finds it in the report; never a person's number."""
        for name, digits in PERSONAL.items():
            number = self.texts.get(name, "")
            if number and len(number) != digits:
                return number
        return self.texts.get("short_name") or self.texts.get("name", "")

    @property
    def content(self) -> bytes:
        """Everything that was read, in canonical bytes."""
        return canonical_texts(SCHEMA, self.texts)

    @property
    def digest(self) -> str:
        """The same for rows that are the same."""
        return self.cells.hex() or self.meaning

    @property
    def meaning(self) -> str:
        """Digest of what was read: the same for rows that say the same."""
        return digest_of(self.content)

    @property
    def identity(self) -> str:
        """By what a row without a verified number is known when it comes again, otherwise dressed.

        The name, the region and the number as written: an address may become another one.
        """
        texts = self.texts
        parts = [comparable(texts.get(name, "")) for name in ("name", "short_name")]
        parts += [spelling_key(texts.get("region", ""))]
        parts += [texts.get(name, "") for name in ("ogrn", "inn", "+ogrn", "+inn")]
        return digest_of("\x1f".join(parts).encode())


class RegisterFile(Protocol):
    """A file of organisations; it may be read again and again."""

    @property
    def headings(self) -> str:
        """Digest of its labels."""

    def glances(self, *, with_cells: bool = False) -> Iterator[Glance]:
        """Look at every row. with_cells: for whoever knows what stood there before."""

    def rows(
        self,
        *,
        after: int = 0,
        only: Container[int] | None = None,
        verified: Verified = NOTHING_VERIFIED,
    ) -> Iterator[RegisterRow]:
        """Read the rows after the first `after`, or those of these numbers.

        verified: what glances have found, so that no check digit is counted twice.
        """


def named(numbers: Pair) -> dict[str, str]:
    """Verified numbers as the texts of a row; blank ones left out."""
    return {name: number for name, number in zip(PERSONAL, numbers, strict=True) if number}


def row_from(content: bytes, *, row: int = 0) -> RegisterRow:
    """Read back a row that was kept."""
    values: dict[str, str] = json.loads(content)["values"] if content else {}
    return RegisterRow(row, dict(values))


def digest_of(content: bytes) -> str:
    """BLAKE2b of 16 bytes, hex."""
    return blake2b(content, digest_size=16).hexdigest()


@lru_cache(maxsize=20_000)
def comparable(text: str) -> str:
    """The words of a text alone: neither case, quotes nor blanks make two texts differ."""
    return " ".join(words_of(text))
