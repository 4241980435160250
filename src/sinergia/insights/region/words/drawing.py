"""Maps of figures: how many colours, and what each of them means."""

from collections.abc import Mapping

from django.utils.translation import pgettext

from sinergia.base.ui.parts import Area, Sheet
from sinergia.base.ui.shades import bounds_of, ranges_of, step_of
from sinergia.insights.region.queries.figures import Block, Figure
from sinergia.insights.region.words.speaking import address_of
from sinergia.places.queries.maps import DrawnSheet


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
        steps=[(0, pgettext("figures", "none")), *enumerate(ranges_of(bounds), start=1)],
    )
