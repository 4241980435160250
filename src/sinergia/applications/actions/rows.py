"""What the filing of applications takes: a row of a fund's table, read and typed."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Note:
    """What is worth saying of a row: a code of `said/` and the value it speaks of."""

    code: str
    value: str = ""


@dataclass(slots=True)
class FiledRow:
    """One application as filed. Money in minor units, texts cleaned, absent ones empty."""

    row: int  # as numbered in the file
    number: str = ""
    contest: str = ""
    contest_key: str = ""
    year: int = 0
    year_source: str = "none"
    organisation: str = ""
    ogrn: str = ""  # verified by its check digit, or empty
    inn: str = ""
    region: str = ""
    municipality: str = ""
    title: str = ""
    direction: str = ""
    status: str = ""
    asked_minor: int = 0
    awarded_minor: int = 0
    decided_on: date | None = None
    content: bytes = b""  # every cell as text, RFC 8785
    digest: str = ""  # the same for rows that differ in writing alone
    refusal: Note | None = None
    notes: list[Note] = field(default_factory=list)

    @property
    def has_wrong_id(self) -> bool:
        """Whether the row holds a number that is not one of an organisation."""
        return any(note.code.startswith("id_") for note in self.notes)
