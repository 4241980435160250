"""Maps of figures: how many colours, and what each of them means."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from django.utils.translation import pgettext

from sinergia.base.ui.parts import Area, Sheet
from sinergia.base.ui.templatetags.figures import count
from sinergia.insights.region.queries.figures import Block, Figure
from sinergia.insights.region.words.speaking import address_of
from sinergia.places.queries.maps import DrawnSheet

STEPS = 5  # colours from few to many; one more for none


def municipalities_map(drawn: DrawnSheet, block: Block) -> Sheet:
    """Projects submitted from each municipality; zero opens the rows that are not there."""
    known = {line.code: line.submitted for line in block.by_municipality}
    nothing = {
        area.key: Figure(0, block.submitted.asked.with_(municipality=area.key))
        for area in drawn.areas
        if area.key not in known
    }
    return drawn_map(drawn, known | nothing)


def drawn_map(
    drawn: DrawnSheet, figures: Mapping[str, Figure], addresses: Mapping[str, str] | None = None
) -> Sheet:
    """Colour a map by figures (area's key -> figure); `addresses` lead elsewhere than the rows."""
    bounds = bounds_of([figures[area.key].value for area in drawn.areas])
    return Sheet(
        width=drawn.width,
        height=drawn.height,
        areas=[
            Area(
                name=area.name,
                url=(addresses or {}).get(area.key) or address_of(figures[area.key]),
                path=area.path,
                value=figures[area.key].value,
                step=step_of(figures[area.key].value, bounds),
                x=area.label_x,
                y=area.label_y,
            )
            for area in drawn.areas
        ],
        steps=[(0, pgettext("figures", "none")), *enumerate(_ranges(bounds), start=1)],
    )


def bounds_of(values: Sequence[int]) -> list[int]:
    """The greatest value of each colour, so that each has about as many places; at most five."""
    some = sorted(value for value in values if value > 0)
    if not some:
        return []
    last = len(some) - 1
    return sorted({some[round(last * step / STEPS)] for step in range(1, STEPS + 1)})


def step_of(value: int, bounds: Sequence[int]) -> int:
    """The colour of a value: 0 for none, 1 to 5; few bounds take the far colours first."""
    if value <= 0:
        return 0
    return bisect_left(bounds, value) + 1


def _ranges(bounds: Sequence[int]) -> list[str]:
    starts = [1, *(bound + 1 for bound in bounds)]
    return [
        count(upper) if lower == upper else f"{count(lower)}–{count(upper)}"
        for lower, upper in zip(starts, bounds, strict=False)
    ]
