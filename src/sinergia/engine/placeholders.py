"""Names in braces that a text for many may hold: {name} becomes each reader's own."""

import re
from collections.abc import Sequence

NAMES = ("name", "название")  # one field in the words of either language
_PLACE = re.compile(r"\{([^{}\n]*)\}")


def unknown_places(text: str) -> list[str]:
    """What stands in braces and is none of NAMES, each once, in the order of the text."""
    found = (place.strip() for place in _PLACE.findall(text))
    return list(dict.fromkeys(place for place in found if place.casefold() not in NAMES))


def filled(text: str, names: Sequence[str]) -> str:
    """Put the reader's names, parted by commas, where {name} stands; the rest stays as it is."""

    def put(place: re.Match[str]) -> str:
        is_known = place.group(1).strip().casefold() in NAMES
        return ", ".join(names) if is_known else place.group()

    return _PLACE.sub(put, text)
