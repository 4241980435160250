"""Pictures: opened for real, and drawn anew, so that only what can be seen is left of them.

Where and when a photograph was taken, with which telephone, by whom: EXIF, XMP, IPTC, comments
and colour profiles all stay behind. The original is not kept.
"""

import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from sinergia.base.files.reading.kinds import JPEG, PNG, WEBP, Kind
from sinergia.engine.refusal import Gap, Refused

LONGEST = 2560  # pixels of the longer side
LONGEST_SMALL = 640
MOST_PIXELS = 50_000_000  # a telephone's 48 megapixels pass
QUALITY = 85
FORMATS = {JPEG.media: "JPEG", PNG.media: "PNG", WEBP.media: "WEBP"}
# One picture may take 400 MB while it is drawn anew; so many of them at once in one process.
_TURNS = threading.BoundedSemaphore(2)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# What Pillow raises of files that are cut, wrong or made to hurt.
_BROKEN = (
    OSError, SyntaxError, ValueError, TypeError, IndexError, KeyError, EOFError, OverflowError,
    RuntimeError, struct.error, zlib.error,
)  # fmt: skip


@dataclass(frozen=True)
class Redrawn:
    """A picture as it will be kept. small: none where the whole is small enough."""

    kind: Kind
    width: int
    height: int
    whole: Path
    small: Path | None


def open_picture(path: Path, kind: Kind) -> None:
    """Refuse what cannot be drawn or is too much to draw. Raises Refused."""
    with _TURNS, _faults_told():
        with _opened(path, kind) as picture:
            picture.verify()
        with _opened(path, kind) as picture:
            picture.draft("RGB", (LONGEST_SMALL, LONGEST_SMALL))
            picture.load()


def redraw(path: Path, kind: Kind, folder: Path) -> Redrawn:
    """Draw a picture anew into `folder`, upright, at most 2560 pixels long, and once small."""
    with _TURNS, _faults_told():
        with _opened(path, kind) as picture:
            picture.draft("RGB", (LONGEST, LONGEST))
            drawn = _in_plain_mode(picture)
            drawn.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
            drawn = _bare(_in_common_colours(ImageOps.exif_transpose(drawn)))
        kept = _kind_to_keep(kind, drawn)
        whole = _saved(drawn, kept, folder / "whole")
        small = None
        size = drawn.size
        if max(size) > LONGEST_SMALL:
            drawn.thumbnail((LONGEST_SMALL, LONGEST_SMALL), Image.Resampling.LANCZOS)
            small = _saved(drawn, kept, folder / "small")
    return Redrawn(kept, *size, whole, small)


@contextmanager
def _faults_told() -> Iterator[None]:
    try:
        yield
    except _BOMBS as fault:
        raise _too_many_pixels() from fault
    except _BROKEN as fault:
        raise Refused([Gap("file.picture_damaged")]) from fault


def _too_many_pixels() -> Refused:
    return Refused([Gap("file.too_many_pixels", values={"limit": MOST_PIXELS // 1_000_000})])


def _opened(path: Path, kind: Kind) -> Image.Image:
    """Read a picture's head alone; how large it will be is known before it is unpacked."""
    picture = Image.open(path, formats=[FORMATS[kind.media]])
    if picture.width * picture.height > MOST_PIXELS:
        picture.close()
        raise _too_many_pixels()
    return picture


def _in_plain_mode(picture: Image.Image) -> Image.Image:
    """Give the picture as it can be made smaller without steps."""
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode.startswith("I"):  # 16 bits a point
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return picture if picture.mode in ("RGB", "L", "CMYK") else picture.convert("RGB")


def _in_common_colours(picture: Image.Image) -> Image.Image:
    """Give the colours that every screen knows: a profile is not kept, so it is applied."""
    profile = picture.info.get("icc_profile")
    mode = "RGB" if picture.mode == "CMYK" else picture.mode
    if not profile or picture.mode == "L":
        return picture.convert(mode)
    try:
        source, target = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        applied = ImageCms.profileToProfile(picture, source, target, outputMode=mode)
    except (ImageCms.PyCMSError, OSError):  # none, or of other colours
        return picture.convert(mode)
    return applied or picture


def _bare(picture: Image.Image) -> Image.Image:
    """Give the pixels and nothing else; transparency that nobody sees is left out."""
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    return bare


def _kind_to_keep(kind: Kind, drawn: Image.Image) -> Kind:
    """A WebP stays one; a PNG only where it can be seen through."""
    if kind == WEBP:
        return WEBP
    return PNG if drawn.mode == "RGBA" else JPEG


def _saved(picture: Image.Image, kind: Kind, path: Path) -> Path:
    options = {"optimize": True, "progressive": True} if kind == JPEG else {}
    quality = {} if kind == PNG else {"quality": QUALITY}
    picture.save(path, FORMATS[kind.media], **options, **quality)
    return path
