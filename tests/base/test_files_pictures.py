"""Pictures as they are kept: upright, not too large, and nothing in them but what can be seen."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from sinergia.base.files.models import PICTURE
from sinergia.base.files.reading import Redrawn, inspect, redraw
from tests.base import sent_files as made

# What of a photograph tells where it was taken, by whom, with what; and the boxes it travels in.
TELLING = [
    b"GPS", b"Anna", b"Orlova", b"School", b"56,47", b"adobe", b"Exif", b"eXIf", b"EXIF", b"XMP",
    b"tEXt", b"iTXt", b"ICC", b"iCCP", b"Photoshop", b"\xff\xfe",
]  # fmt: skip


def redrawn(folder: Path, name: str, content: bytes) -> Redrawn:
    """A picture as it would be kept."""
    path = folder / "sent"
    path.write_bytes(content)
    return redraw(path, inspect(path, name, PICTURE), folder)


def told_by(content: bytes) -> list[bytes]:
    """What the bytes of a picture give away."""
    head = content if content[:2] != b"\xff\xd8" else content[: content.index(b"\xff\xda")]
    return [word for word in TELLING if word in head]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", made.a_jpeg(3000, 2000, is_telling=True)),
        ("a.png", made.a_png(900, 700, is_telling=True)),
        ("a.png", made.a_png(900, 700, is_telling=True, is_clear=True)),
        ("a.webp", made.a_webp(900, 700, is_telling=True)),
    ],
)
def test_where_and_by_whom_a_picture_was_taken_stays_behind(
    tmp_path: Path, name: str, content: bytes
) -> None:
    assert told_by(content) != []

    kept = redrawn(tmp_path, name, content)

    assert kept.small is not None
    for path in (kept.whole, kept.small):
        with Image.open(path) as picture:
            assert (dict(picture.getexif()), picture.info.get("xmp")) == ({}, None)
        assert told_by(path.read_bytes()) == []


def test_a_photograph_taken_sideways_stands_upright(tmp_path: Path) -> None:
    kept = redrawn(tmp_path, "a.jpg", made.a_jpeg(800, 400, orientation=6))

    with Image.open(kept.whole) as picture:
        # Turned by 90 degrees clockwise: what was left is up.
        up, down = picture.getpixel((200, 20)), picture.getpixel((200, 780))
        assert ((kept.width, kept.height), picture.size) == ((400, 800), (400, 800))
    assert isinstance(up, tuple)
    assert isinstance(down, tuple)
    assert sum(up) < sum(down)


@pytest.mark.parametrize(
    ("size", "whole", "small"),
    [
        ((6000, 3000), (2560, 1280), (640, 320)),
        ((1000, 4000), (640, 2560), (160, 640)),
        ((800, 800), (800, 800), (640, 640)),
        ((640, 100), (640, 100), None),
    ],
)
def test_a_picture_is_kept_no_longer_than_a_screen_and_once_small(
    tmp_path: Path,
    size: tuple[int, int],
    whole: tuple[int, int],
    small: tuple[int, int] | None,
) -> None:
    kept = redrawn(tmp_path, "a.jpg", made.a_jpeg(*size))

    sizes: list[tuple[int, int] | None] = []
    for path in (kept.whole, kept.small):
        if path is None:
            sizes.append(None)
            continue
        with Image.open(path) as picture:
            sizes.append(picture.size)
    assert sizes == [whole, small]
    assert (kept.width, kept.height) == whole


@pytest.mark.parametrize(
    ("name", "content", "media", "mode"),
    [
        ("a.jpg", made.a_jpeg(), "image/jpeg", "RGB"),
        ("a.png", made.a_png(), "image/jpeg", "RGB"),
        ("a.png", made.a_png(is_clear=True), "image/png", "RGBA"),
        ("a.webp", made.a_webp(), "image/webp", "RGB"),
    ],
)
def test_a_png_stays_one_only_where_it_can_be_seen_through(
    tmp_path: Path, name: str, content: bytes, media: str, mode: str
) -> None:
    kept = redrawn(tmp_path, name, content)

    with Image.open(kept.whole) as picture:
        assert (kept.kind.media, Image.MIME[str(picture.format)], picture.mode) == (
            media,
            media,
            mode,
        )


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "CMYK", "I;16"])
def test_a_picture_of_any_colours_is_drawn_anew(tmp_path: Path, mode: str) -> None:
    file, form = BytesIO(), "JPEG" if mode == "CMYK" else "PNG"
    grey = made.a_drawing(900, 300, mode="L")
    if mode == "I;16":
        picture = grey.convert("I").point(lambda value: value * 256).convert("I;16")
    else:
        picture = grey.convert(mode)
    picture.save(file, form)

    kept = redrawn(tmp_path, f"a.{'jpg' if form == 'JPEG' else 'png'}", file.getvalue())

    with Image.open(kept.whole) as drawn:
        halves = drawn.convert("L").resize((2, 1), Image.Resampling.BOX)
        shades = [halves.getpixel((x, 0)) for x in (0, 1)]
        assert drawn.size == (900, 300)
    dark, light = (shade for shade in shades if isinstance(shade, int | float))
    assert light - dark > 90


def test_a_colour_profile_is_applied_and_not_kept(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    file = BytesIO()
    made.a_drawing().save(file, "JPEG", icc_profile=profile)
    broken = BytesIO()
    made.a_drawing().save(broken, "JPEG", icc_profile=b"none at all" * 20)

    for content in (file.getvalue(), broken.getvalue()):
        assert told_by(content) == [b"ICC"]
        assert told_by(redrawn(tmp_path, "a.jpg", content).whole.read_bytes()) == []


def test_of_a_moving_picture_the_first_is_kept(tmp_path: Path) -> None:
    file = BytesIO()
    made.a_drawing().save(file, "WEBP", save_all=True, append_images=[made.a_drawing(mode="RGB")])

    with Image.open(redrawn(tmp_path, "a.webp", file.getvalue()).whole) as picture:
        assert getattr(picture, "n_frames", 1) == 1
