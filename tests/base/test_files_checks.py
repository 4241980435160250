"""What may be sent and what is refused: every trap, each with the code of its sentence."""

import base64
import time
import zlib
from pathlib import Path

import pytest

from sinergia.base.files.models import DOCUMENT, PICTURE, Purpose
from sinergia.base.files.reading import clean_name, inspect, refuse_announced
from sinergia.engine.refusal import Refused
from tests.base import sent_files as made

MEGABYTE = 1024 * 1024
HIDING = b"4 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n" + zlib.compress(b"x")
HIDDEN = b"endstream << /S /JavaScript /JS (x) >>"  # the stream's own bytes spell its end
PDF_TEXT = "Устав автономной некоммерческой организации\n".encode()


def refusal(folder: Path, name: str, content: bytes, purpose: Purpose = DOCUMENT) -> str:
    """The code by which a file is refused; what it is where it is not."""
    path = folder / "sent"
    path.write_bytes(content)
    try:
        return inspect(path, name, purpose).media
    except Refused as refused:
        return refused.gaps[0].code


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("Устав.pdf", made.a_pdf(), "application/pdf"),
        ("a.PDF", made.a_pdf(made.packed_objects(b"<< /Type /Annot >>")), "application/pdf"),
        ("a.docx", made.a_docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),  # noqa: E501  # a name of the standard
        ("a.docx", made.a_docx({"word/media/1.svg": b"<svg/>", "word/embeddings/1.xlsx": made.an_xlsx()}), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),  # noqa: E501  # the same
        ("a.xlsx", made.an_xlsx(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),  # noqa: E501  # the same
        ("a.odt", made.an_odt(), "application/vnd.oasis.opendocument.text"),
        ("a.txt", PDF_TEXT, "text/plain"),
        ("a.txt", PDF_TEXT.decode().encode("cp1251"), "text/plain"),
        ("a.csv", b"\xff\xfe" + PDF_TEXT.decode().encode("utf-16-le"), "text/csv"),
        ("a.txt", b"MZ is how some words begin, and BM too", "text/plain"),
        ("a.sig", made.a_signature(), "application/pkcs7-signature"),
        ("a.sig", base64.encodebytes(made.a_signature()), "application/pkcs7-signature"),
        ("scan.JPG", made.a_jpeg(), "image/jpeg"),
        ("scan.jpeg", made.a_jpeg(), "image/jpeg"),
        ("scan.png", made.a_png(), "image/png"),
        ("scan.webp", made.a_webp(), "image/webp"),
    ],
)  # fmt: skip
def test_what_people_send_every_day_is_taken(
    tmp_path: Path, name: str, content: bytes, media: str
) -> None:
    assert refusal(tmp_path, name, content) == media


@pytest.mark.parametrize("program", sorted(made.PROGRAMS))
@pytest.mark.parametrize("name", ["photo.jpg", "charter.pdf", "list.txt", "charter.docx"])
def test_a_program_is_refused_whatever_it_is_called(
    tmp_path: Path, name: str, program: str
) -> None:
    assert refusal(tmp_path, name, made.PROGRAMS[program]) == "file.program"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("setup.exe", "file.extension"),
        ("photo.jpg.exe", "file.extension"),
        ("archive.zip", "file.extension"),
        ("no ending", "file.extension"),
        ("letter.docm", "file.extension"),
        ("IMG_0001.HEIC", "file.heic"),
        ("charter.doc", "file.old_office"),
        ("charter.rtf", "file.old_office"),
    ],
)
def test_an_ending_that_is_not_taken_is_told_before_a_byte_is_sent(name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        refuse_announced(name, 1000, DOCUMENT)

    assert refused.value.gaps[0].code == code


@pytest.mark.parametrize(
    ("size", "purpose", "told"),
    [
        (80 * MEGABYTE, PICTURE, ["file.picture_too_large"]),
        (20 * MEGABYTE + 1, DOCUMENT, ["file.document_too_large"]),
        (20 * MEGABYTE, PICTURE, []),
        (0, DOCUMENT, ["file.empty"]),
    ],
)
def test_the_size_is_asked_first(size: int, purpose: Purpose, told: list[str]) -> None:
    try:
        refuse_announced("a.jpg", size, purpose)
        codes = []
    except Refused as refused:
        codes = [gap.code for gap in refused.gaps]

    assert codes == told


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", made.a_jpeg()),
        ("a.jpg", made.a_pdf()),
        ("a.jpg", made.a_png()),
        ("a.png", made.a_webp()),
        ("a.docx", made.an_xlsx()),
        ("a.docx", made.a_zip({"readme.txt": b"a plain zip"})),
        ("a.docx", made.a_pdf()),
        ("a.odt", made.an_odt(media=b"application/vnd.oasis.opendocument.spreadsheet")),
        ("a.docx", made.OLE + b"\0" * 4096),
        ("a.pdf", PDF_TEXT),
        ("a.jpg", b"GIF89a" + b"\0" * 100),
    ],
)
def test_an_ending_that_lies_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    assert refusal(tmp_path, name, content) == "file.disguised"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        # A false head of a JPEG deceives whoever looks at heads alone.
        ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 500, "file.picture_damaged"),
        ("a.jpg", made.a_jpeg(800, 600)[:3000], "file.picture_damaged"),
        ("a.png", made.a_png(800, 600)[:-600], "file.picture_damaged"),
        ("a.webp", made.a_webp(800, 600)[:-400], "file.picture_damaged"),
        ("a.png", made.a_huge_png(9000, 9000), "file.too_many_pixels"),
        ("a.png", made.a_huge_png(20000, 20000), "file.too_many_pixels"),
        ("a.docx", made.a_docx()[:-30], "file.damaged"),
        ("a.docx", made.a_locked_zip(), "file.locked"),
        ("a.docx", made.a_docx({"../../etc/cron.d/x": b"x"}), "file.damaged"),
        ("a.docx", made.a_docx({"word/vbaProject.bin": b"x"}), "file.macros"),
        ("a.docx", made.a_docx({"word/setup.exe": b"x"}), "file.macros"),
        ("a.docx", made.a_docx({"word/media/1.png": made.WINDOWS_PROGRAM}), "file.macros"),
        ("a.docx", made.a_docx(types=b'<Override ContentType="x.macroEnabled.main+xml"/>'), "file.macros"),  # noqa: E501  # one case, one line
        ("a.docx", made.a_docx({"word/embeddings/o.bin": made.OLE + "Ole10Native".encode("utf-16-le")}), "file.macros"),  # noqa: E501  # the same
        ("a.docx", made.a_docx({"word/embeddings/1.docx": made.a_docx({"a.exe": b"x"})}), "file.macros"),  # noqa: E501  # the same
        ("a.docx", made.a_docx({"1.docx": made.a_docx({"2.docx": made.a_docx()})}), "file.bomb"),
        ("a.docx", made.a_docx({"word/media/0": b"\0" * (30 * MEGABYTE)}), "file.bomb"),
        ("a.docx", made.a_docx({f"word/{n}": b"" for n in range(5001)}), "file.bomb"),
        ("a.odt", made.a_zip({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>", "Basic/Standard/Module1.xml": b"<x/>"}), "file.macros"),  # noqa: E501  # the same
        ("a.txt", b"\0\x01\x02 binary", "file.not_text"),
        ("a.csv", b"a;b\x07;c\n", "file.not_text"),
        ("a.sig", b"-----BEGIN NONSENSE-----", "file.not_signature"),
        ("a.sig", PDF_TEXT, "file.not_signature"),
    ],
)  # fmt: skip
def test_what_is_broken_locked_or_made_to_hurt_is_refused(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    assert refusal(tmp_path, name, content) == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (made.a_pdf()[:-8], "file.damaged"),
        (made.a_pdf(trailer=b"/Encrypt 9 0 R "), "file.locked"),
        (made.a_pdf(b"5 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj"), "file.pdf_runs"),
        (made.a_pdf(b"5 0 obj\n<< /S /J#61vaScript /JS (x) >>\nendobj"), "file.pdf_runs"),
        (made.a_pdf(b"5 0 obj\n<< /S /Launch /F (cmd.exe) >>\nendobj"), "file.pdf_runs"),
        (made.a_pdf(b"5 0 obj\n<< /Type /EmbeddedFile >>\nendobj"), "file.pdf_carries"),
        (made.a_pdf(made.packed_objects(b"<< /S /JavaScript /JS (x) >>")), "file.pdf_runs"),
        (made.a_pdf(made.packed_objects(b"<< /S /#4caunch >>")), "file.pdf_runs"),
        (made.a_pdf(made.packed_objects(b"x", packing=b"[/ASCIIHexDecode /FlateDecode]")), "file.damaged"),  # noqa: E501  # one case, one line
        (made.a_pdf(made.packed_objects(b"\0" * (101 * MEGABYTE))), "file.bomb"),
        (made.a_pdf(made.packed_objects(b"x")[:-22]), "file.damaged"),
        (made.a_pdf(HIDING + made.packed_objects(b"x")), "file.damaged"),
        (made.a_pdf(made.packed_objects(HIDDEN, level=0)), "file.damaged"),
    ],
)  # fmt: skip
def test_a_pdf_that_is_cut_locked_or_runs_is_refused(
    tmp_path: Path, content: bytes, code: str
) -> None:
    assert refusal(tmp_path, "a.pdf", content) == code


@pytest.mark.parametrize(
    ("written", "otherwise", "code"),
    [
        (b">>\nstream\r\n", b" " * 3_000 + b">>\nstream\r\n", "file.pdf_runs"),
        (b"/Type /ObjStm", b"/Type /ObjStm /X (" + b"x" * 300_000 + b")", "file.pdf_runs"),
        (b"stream\r\n", b"stream\r", "file.pdf_runs"),
        (b"stream\r\n", b"stream \n", "file.pdf_runs"),
        (b"/Length", b"/X (1 0 obj) /Length", "file.damaged"),
        (b"/Length", b"/X (stream\n) /Length", "file.damaged"),
        (b"stream\r\n", b"stream%\n", "file.damaged"),
    ],
)
def test_a_pdf_hides_nothing_behind_how_a_stream_of_objects_is_written(
    tmp_path: Path, written: bytes, otherwise: bytes, code: str
) -> None:
    packed = made.packed_objects(b"<< /S /JavaScript /JS (x) >>").replace(written, otherwise, 1)

    assert refusal(tmp_path, "a.pdf", made.a_pdf(packed)) == code


@pytest.mark.parametrize("head", [b"stream\n", b"4 0 obj\nstream\n"])
def test_a_pdf_of_streams_that_never_end_is_looked_through_at_once(
    tmp_path: Path, head: bytes
) -> None:
    content = made.a_pdf(head * 20_000)
    begun = time.process_time()

    assert refusal(tmp_path, "a.pdf", content) == "application/pdf"
    assert time.process_time() - begun < 5


def test_a_pdf_may_speak_of_launches_and_pack_any_bytes(tmp_path: Path) -> None:
    packed = zlib.compress(b"q /LaunchPad Do Q") + b" /Encrypt "
    page = b"4 0 obj\n<< /Length %d >>\nstream\n" % len(packed) + packed + b"\nendstream\nendobj"

    assert refusal(tmp_path, "a.pdf", made.a_pdf(page)) == "application/pdf"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\Анна\\Устав.pdf", "Устав.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\u202efdp.exe", "abfdp.exe"),
        (' "Отчёт": 1?.docx', "Отчёт 1 .docx"),
        (".htaccess", "htaccess"),
        ("", "file"),
        ("я" * 400 + ".pdf", "я" * 146 + ".pdf"),
    ],
)
def test_a_name_is_freed_of_folders_and_of_what_deceives(given: str, kept: str) -> None:
    assert clean_name(given) == kept
