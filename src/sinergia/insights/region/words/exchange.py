"""Practices and visits of a region as numbers that open their rows."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from sinergia.base.ui.parts import Tile
from sinergia.base.ui.templatetags.figures import count
from sinergia.insights.region.queries.exchange import Exchange
from sinergia.places.models import Region


def exchange_tiles(region: Region, told: Exchange) -> list[Tile]:
    """Those that are not nought."""
    here = urlencode({"region": region.code})
    practices, visits = reverse("practices:catalogue"), reverse("exchange:visits")
    named = (
        (told.practices, _("Practices in the catalogue"), f"{practices}?{here}"),
        (told.visits, _("Visits from the region and to it"), f"{visits}?{here}"),
    )
    return [Tile(count(number), words, url) for number, words, url in named if number]
