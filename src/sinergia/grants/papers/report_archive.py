"""A report with all its files as one ZIP that is written piece by piece: little of it is held."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergia.base.files.adapters.store import StoreUnavailable, the_store
from sinergia.base.files.models import StoredFile
from sinergia.base.tables.export import xlsx_bytes
from sinergia.grants.models import ReportVersion
from sinergia.grants.papers.report import report_pdf
from sinergia.grants.papers.report_lists import money_head, money_lines
from sinergia.grants.queries.reports import Written

_FORBIDDEN = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))


class _Sink:
    """What was written and has not been taken yet; it cannot be gone back in."""

    def __init__(self) -> None:
        self.held: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self.held.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        piece = b"".join(self.held)
        self.held.clear()
        return piece


def archive_of(
    told: Written, *, version: ReportVersion | None = None, at: datetime
) -> Iterator[bytes]:
    """The paper, the table of payments and every file; what cannot be read is named in a list.

    at: aware, of the parts of the archive.
    """
    language, sink, lost = get_language() or "ru", _Sink(), []
    moment = timezone.localtime(at).timetuple()[:6]
    with ZipFile(sink, "w", ZIP_STORED) as archive:  # type: ignore[call-overload]  # no typeshed name
        for name, content in _papers(told, version, language, at):
            archive.writestr(ZipInfo(name, moment), content)
            yield sink.taken()
        for name, file in named_files(told):
            try:
                yield from _piece_by_piece(archive, sink, ZipInfo(name, moment), file)
            except StoreUnavailable:
                lost.append(f"{name} ({file.digest})")
        if lost:
            words = _("These files could not be read from the store:")
            archive.writestr(ZipInfo(_("MISSING.txt"), moment), "\n".join([words, *lost]))
    yield sink.taken()


def named_files(told: Written) -> list[tuple[str, StoredFile]]:
    """Every file with its name in the archive; no two alike."""
    folders = {"events": _("events"), "others": _("events"), "results": _("results")}
    rows = [(folders.get(one.path.partition("/")[0], _("other")), one.file) for one in told.files]
    rows += [(_("payments"), one.file) for one in told.payments if one.file is not None]
    return [
        (f"{folder}/{number:03} {file.name.translate(_FORBIDDEN)}", file)
        for number, (folder, file) in enumerate(rows, start=1)
    ]


def _piece_by_piece(
    archive: ZipFile, sink: _Sink, info: ZipInfo, file: StoredFile
) -> Iterator[bytes]:
    pieces = the_store().pieces(file.place, start=0, length=file.size)
    first = next(pieces, b"")  # before the entry begins: of what is not there nothing is written
    info.file_size = file.size
    with archive.open(info, "w") as entry:
        entry.write(first)
        yield sink.taken()
        for piece in pieces:
            entry.write(piece)
            yield sink.taken()


def _papers(
    told: Written, version: ReportVersion | None, language: str, at: datetime
) -> Sequence[tuple[str, bytes]]:
    table = xlsx_bytes(money_head(), money_lines(told), sheet=_("Payments"))
    return [
        (_("report.pdf"), report_pdf(told, version=version, language=language, at=at)),
        (_("payments.xlsx"), table),
    ]
