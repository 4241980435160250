"""How far a part of a workbook reaches: its last row and column, its texts, its empty formulas."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from string import ascii_letters
from typing import IO
from xml.parsers import expat

from sinergia.base.tables.reading.book import Unreadable, column_number

_PLACES = re.compile(rb'<c r="([A-Za-z]+[0-9]+)"')
# How else a cell or a shared text may begin: rare, and then every tag is walked.
_ODD_CELL = re.compile(rb'<c(?! r="|[A-Za-z])')
_ODD_PREFIX = re.compile(rb":(?:c|si)[\s/>]")
_ODD = (b"t='s'", b"t =", b"t= ", b"<!")
# The reader makes room for as many shared texts as are promised, before it sees the first.
_PROMISE = re.compile(rb"""<[^<>]*uniqueCount\s*=\s*["']\s*\+?[0-9]{8,}""")
_LETTERS = ascii_letters.encode()
_DIGITS = b"0123456789"
_UNFILLED = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^<>]*)?/>)"  # the formula ends
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"  # and holds nothing
)
_PLACE = re.compile("([A-Za-z]+)([0-9]+)", re.ASCII)
_LONGEST_NUMBER = 12  # digits
_READ = 1 << 16  # bytes


@dataclass(frozen=True)
class Survey:
    """What one part reaches to.

    shared: cells that refer to a shared text; longest: the longest shared text, in bytes.
    has_content: it is a sheet or the list of shared texts, not a picture or a style.
    is_plain: every cell says in the usual way where it stands, so a quick look may be enough.
    lengths, references: length of each shared text; text -> cells that refer to it (exact only).
    """

    rows: int = 0
    columns: int = 0
    shared: int = 0
    longest: int = 0
    unfilled: int = 0
    has_content: bool = False
    is_plain: bool = True
    lengths: list[int] = field(default_factory=list)
    references: Mapping[int, int] = field(default_factory=dict)


def add_up(before: Survey, piece: Survey) -> Survey:
    """Join what two pieces of one part reach to."""
    return Survey(
        rows=max(before.rows, piece.rows),
        columns=max(before.columns, piece.columns),
        shared=before.shared + piece.shared,
        longest=max(before.longest, piece.longest),
        unfilled=before.unfilled + piece.unfilled,
        has_content=before.has_content or piece.has_content,
        is_plain=before.is_plain and piece.is_plain,
    )


def survey_piece(piece: bytes) -> Survey:
    """Look quickly over a piece of a part that is cut between cells; may see too much.

    A cell with nothing but a style counts here, so what is over a limit must be walked.
    Raises Unreadable for a promise of more texts than any workbook holds.
    """
    if b"uniqueCount" in piece and _PROMISE.search(piece):
        raise Unreadable("bomb")
    places = _PLACES.findall(piece)
    joined = b" ".join(places)
    letters = set(joined.translate(None, _DIGITS).split())
    rows = set(joined.translate(None, _LETTERS).split())
    return Survey(
        rows=max(map(int, rows), default=0),
        columns=max((column_number(name.decode()) for name in letters), default=0),
        shared=piece.count(b't="s"'),
        longest=max(map(len, piece.split(b"<si"))) if b"<si" in piece else 0,
        unfilled=len(_UNFILLED.findall(piece)) if b"<f" in piece or b":f" in piece else 0,
        has_content=b"sheetData" in piece or b"sst" in piece,
        is_plain=not _is_odd(piece),
    )


def _is_odd(piece: bytes) -> bool:
    if _ODD_CELL.search(piece) or any(odd in piece for odd in _ODD):
        return True
    return (b":c" in piece or b":si" in piece) and bool(_ODD_PREFIX.search(piece))


def survey_exactly(stream: IO[bytes]) -> Survey:
    """Walk a part tag by tag, as the reader behind us does.

    Raises Unreadable where it breaks, and for declarations by which XML grows without end.
    """
    walk = _Walk()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = walk.begin
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text
    parser.StartDoctypeDeclHandler = _refuse_declarations
    try:
        while read := stream.read(_READ):
            parser.Parse(read, False)  # noqa: FBT003  the parser takes it by place alone
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise Unreadable("truncated") from error
    return walk.survey()


def _refuse_declarations(*_: object) -> None:
    raise Unreadable("bomb")


class _Walk:
    """Where we stand in a part, and the furthest we have been."""

    def __init__(self) -> None:
        self.row, self.column = 0, 0
        self.rows, self.columns, self.unfilled = 0, 0, 0
        self.is_shared = self.has_formula = self.is_filled = False
        self.said: list[str] = []
        self.lengths: list[int] = []
        self.references: Counter[int] = Counter()

    def begin(self, tag: str, says: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            self.row = _whole(says.get("r", "")) or self.row + 1
            self.column = 0
        elif name == "c":
            self._begin_cell(says)
        elif name == "f":
            self.has_formula = True
        elif name in {"v", "si"}:
            self.said.clear()

    def _begin_cell(self, says: dict[str, str]) -> None:
        placed = _PLACE.fullmatch(says.get("r", ""))
        if placed:
            self.column, self.row = column_number(placed[1]), int(placed[2])
        else:
            self.column += 1
        self.is_shared = says.get("t") == "s"
        self.has_formula = self.is_filled = False
        self.said.clear()

    def text(self, said: str) -> None:
        self.said.append(said)
        self.is_filled = True

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "f":
            self.is_filled = False
        elif name == "v" and self.is_shared:
            self.references[_whole("".join(self.said))] += 1
        elif name == "si":
            self.lengths.append(sum(len(part) for part in self.said))
        elif name == "c" and self.is_filled:
            self.rows = max(self.rows, self.row)
            self.columns = max(self.columns, self.column)
        elif name == "c" and self.has_formula:
            self.unfilled += 1

    def survey(self) -> Survey:
        return Survey(
            rows=self.rows,
            columns=self.columns,
            shared=self.references.total(),
            longest=max(self.lengths, default=0),
            unfilled=self.unfilled,
            has_content=True,
            lengths=self.lengths,
            references=self.references,
        )


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER else 0
