"""Pictures of the demo: a landscape drawn from a seed, of no place and nobody."""

import io
from functools import cache
from random import Random

from PIL import Image, ImageColor, ImageDraw

SIZE = (720, 480)
SKIES = (("#f6d9b8", "#e9b48b"), ("#cfe3ea", "#9fc4d3"), ("#f3e2cf", "#d9a9a0"))
HILLS = ("#7f9c86", "#5f8273", "#3f6560", "#2b4a4c")
HEIGHTS = (0.52, 0.62, 0.73, 0.84)  # of each range, from the top


@cache
def landscape(seed: str) -> bytes:
    """Draw hills under a sun as JPEG; the same seed draws the same."""
    chance = Random(seed)  # noqa: S311  # a drawing, no secret
    picture = Image.new("RGB", SIZE)
    pen = ImageDraw.Draw(picture)
    _draw_sky(pen, *chance.choice(SKIES))
    x, y, radius = chance.randrange(120, 600), chance.randrange(90, 190), chance.randrange(28, 52)
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill="#fff6e3")
    for height, colour in zip(HEIGHTS, HILLS, strict=True):
        pen.polygon(_range_of(height, chance), fill=colour)
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=82)
    return kept.getvalue()


def _draw_sky(pen: ImageDraw.ImageDraw, top: str, bottom: str) -> None:
    first, last = ImageColor.getrgb(top), ImageColor.getrgb(bottom)
    width, height = SIZE
    for y in range(height):
        mixed = (round(a + (b - a) * y / height) for a, b in zip(first, last, strict=True))
        pen.line((0, y, width, y), fill=tuple(mixed))


def _range_of(height: float, chance: Random) -> list[tuple[float, float]]:
    width, whole = SIZE
    step = width / 6
    tops = [(at * step, whole * (height + chance.uniform(-0.09, 0.09))) for at in range(7)]
    return [(0, whole), *tops, (width, whole)]
