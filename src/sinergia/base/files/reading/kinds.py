"""What kinds of files there are for us."""

from dataclasses import dataclass

from sinergia.base.files.models import SIGNATURE

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."


@dataclass(frozen=True)
class Kind:
    """One kind: how names end, how it travels, how it is opened, what must be in it."""

    extension: str
    media: str
    family: str  # pdf, parcel, picture, text, signature
    signs: frozenset[str] = frozenset()  # what `filetype` may call it by its first bytes
    part: str = ""  # of a parcel: the part without which it is none of this kind


def _parcel(extension: str, media: str, part: str) -> Kind:
    """Make a kind that is a zip; which one, its first bytes do not always tell."""
    signs = frozenset({"application/zip", media})
    return Kind(extension, media, "parcel", signs, part)


def _picture(extension: str, media: str) -> Kind:
    return Kind(extension, media, "picture", frozenset({media}))


JPEG = _picture("jpg", "image/jpeg")
PNG = _picture("png", "image/png")
WEBP = _picture("webp", "image/webp")
KINDS = {
    "pdf": Kind("pdf", "application/pdf", "pdf", frozenset({"application/pdf"})),
    "docx": _parcel("docx", _OFFICE + "wordprocessingml.document", "word/document.xml"),
    "xlsx": _parcel("xlsx", _OFFICE + "spreadsheetml.sheet", "xl/workbook.xml"),
    "pptx": _parcel("pptx", _OFFICE + "presentationml.presentation", "ppt/presentation.xml"),
    "odt": _parcel("odt", _OPEN + "text", "content.xml"),
    "ods": _parcel("ods", _OPEN + "spreadsheet", "content.xml"),
    "txt": Kind("txt", "text/plain", "text"),
    "csv": Kind("csv", "text/csv", "text"),
    "sig": Kind("sig", SIGNATURE, "signature"),
    "p7s": Kind("p7s", SIGNATURE, "signature"),
    "jpg": JPEG,
    "jpeg": JPEG,
    "png": PNG,
    "webp": WEBP,
}
