"""Files as people send them, made by code: fit ones, and each trap that we know of."""

import zlib
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><exif:GPSLatitude>56,47.34N'
    b"</exif:GPSLatitude></rdf:RDF></x:xmpmeta>"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WINDOWS_PROGRAM = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + b"\0" * 60 + b"PE\0\0" + b"\0" * 400
PROGRAMS = {
    "windows": WINDOWS_PROGRAM,
    "linux": b"\x7fELF\x02\x01\x01" + b"\0" * 200,
    "mac": b"\xcf\xfa\xed\xfe" + b"\0" * 200,
    "script": b"#!/bin/sh\nrm -rf ~\n",
    "page": b"\n <!DOCTYPE html><script>alert(1)</script>",
    "drawing": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
    "page in two bytes a sign": "\ufeff<html><script>x</script>".encode("utf-16-le"),
}


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as a test's client sends it."""
    return SimpleUploadedFile(name, content)


def a_drawing(width: int = 64, height: int = 48, *, mode: str = "RGB") -> Image.Image:
    """Pixels with something in them: left half dark, right half light."""
    picture = Image.new(mode, (width, height), "#204060" if mode != "L" else 60)
    light = Image.new(mode, (width // 2, height), "#e0c080" if mode != "L" else 200)
    picture.paste(light, (width - width // 2, 0))
    return picture


def told_exif(*, orientation: int = 1) -> Image.Exif:
    """What a telephone writes: where, when, whose."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Телефон Анны".encode().decode("latin-1")
    exif[0x013B] = "Anna Orlova"
    exif[0x9286] = "playground of School 4"
    place = {1: "N", 2: (56.0, 47.0, 20.4), 3: "E", 4: (60.0, 7.0, 22.8)}
    exif.get_ifd(0x8825).update(place)
    return exif


def a_jpeg(
    width: int = 64, height: int = 48, *, orientation: int = 1, is_telling: bool = False
) -> bytes:
    """A photograph; a telling one says in EXIF, XMP and a comment where it was taken."""
    file = BytesIO()
    more = {"exif": told_exif(orientation=orientation)} if is_telling or orientation > 1 else {}
    told = {"xmp": XMP, "comment": b"Anna Orlova, School 4"} if is_telling else {}
    a_drawing(width, height).save(file, "JPEG", quality=90, **more, **told)
    return file.getvalue()


def a_png(
    width: int = 64, height: int = 48, *, is_telling: bool = False, is_clear: bool = False
) -> bytes:
    """A PNG; a telling one has eXIf, tEXt and XMP; a clear one can be seen through."""
    file, notes = BytesIO(), PngInfo()
    if is_telling:
        notes.add_text("Author", "Anna Orlova")
        notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
    picture = a_drawing(width, height, mode="RGBA" if is_clear else "RGB")
    if is_clear:
        picture.putpixel((0, 0), (0, 0, 0, 0))
    exif = told_exif() if is_telling else None
    picture.save(file, "PNG", pnginfo=notes, **({"exif": exif} if exif else {}))
    return file.getvalue()


def a_webp(width: int = 64, height: int = 48, *, is_telling: bool = False) -> bytes:
    """A WebP; a telling one has EXIF and XMP."""
    file = BytesIO()
    told = {"exif": told_exif(), "xmp": XMP} if is_telling else {}
    a_drawing(width, height).save(file, "WEBP", **told)
    return file.getvalue()


def a_huge_png(width: int, height: int) -> bytes:
    """A PNG of one bit a point, all alike: kilobytes that unpack to gigabytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        body = name + content
        return len(content).to_bytes(4) + body + zlib.crc32(body).to_bytes(4)

    head = width.to_bytes(4) + height.to_bytes(4) + bytes([1, 0, 0, 0, 0])
    packer = zlib.compressobj(9)
    line = b"\0" * (1 + (width + 7) // 8)
    lines = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def a_zip(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these parts."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as parcel:
        for name, content in parts.items():
            parcel.writestr(name, content)
    return file.getvalue()


def a_docx(more: Mapping[str, bytes] | None = None, *, types: bytes = b"<Types/>") -> bytes:
    """A text for Word, with whatever else a test puts in."""
    parts = {
        "[Content_Types].xml": types,
        "word/document.xml": "<w:document>Устав</w:document>".encode(),
    }
    return a_zip({**parts, **(more or {})})


def an_xlsx() -> bytes:
    """A table for Excel."""
    return a_zip({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})


def an_odt(*, media: bytes = b"application/vnd.oasis.opendocument.text") -> bytes:
    """A text for LibreOffice."""
    return a_zip({"mimetype": media, "content.xml": b"<office:document-content/>"})


def a_locked_zip() -> bytes:
    """A parcel whose parts are marked as encrypted."""
    content = bytearray(a_docx())
    at = 0
    while (at := content.find(b"PK\x03\x04", at)) >= 0:
        content[at + 6] |= 1
        at += 4
    at = 0
    while (at := content.find(b"PK\x01\x02", at)) >= 0:
        content[at + 8] |= 1
        at += 4
    return bytes(content)


def a_pdf(more: bytes = b"", *, trailer: bytes = b"") -> bytes:
    """A PDF of one empty page, with whatever else a test puts in as objects."""
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n"
        + more
        + b"\nxref\n0 4\ntrailer\n<< /Size 4 /Root 1 0 R "
        + trailer
        + b">>\nstartxref\n9\n%%EOF\n"
    )


def packed_objects(objects: bytes, *, packing: bytes = b"/FlateDecode", level: int = -1) -> bytes:
    """A stream of objects, as every newer program writes them."""
    packed = zlib.compress(objects, level)
    head = b"4 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter " + packing
    return head + b" /Length %d >>\nstream\r\n" % len(packed) + packed + b"\nendstream\nendobj\n"


def a_signature() -> bytes:
    """The beginning of a detached CMS signature."""
    body = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + b"\xa0\x80" + b"\0" * 900
    return b"\x30\x82" + len(body).to_bytes(2) + body
