"""Practices and visits of a region, and what grew from them, as numbers that open their rows."""

from django.urls import reverse
from django.utils.translation import gettext as _

from sinergia.applications.queries.filters import ApplicationFilter
from sinergia.base.ui.parts import Tile
from sinergia.base.ui.templatetags.figures import count, money
from sinergia.insights.region.queries.exchange import Exchange
from sinergia.places.models import Region


def exchange_tiles(region: Region, told: Exchange) -> list[Tile]:
    """Those that are not nought."""
    code, taken = region.code, reverse("practices:taken")
    listed = reverse("applications:list")
    grown = ApplicationFilter(region=code, grown="yes")
    won = ", ".join(money(minor, currency) for currency, minor in told.won.items())
    named = (
        (
            told.practices,
            _("Practices in the catalogue"),
            f"{reverse('practices:catalogue')}?region={code}",
        ),
        (told.given, _("Practices of the region taken home"), f"{taken}?author={code}"),
        (told.taken, _("Practices taken home here"), f"{taken}?home={code}"),
        (
            told.visits,
            _("Visits from the region and to it"),
            f"{reverse('exchange:visits')}?region={code}&told=public",
        ),
        (told.grown, _("Applications grown from them"), f"{listed}?{grown.to_query()}"),
        (
            told.awards,
            _("Won by them: %(sum)s") % {"sum": won} if won else _("Won by them"),
            f"{listed}?{grown.with_(outcome='won').to_query()}",
        ),
        (
            told.joined,
            _("People who joined projects"),
            f"{reverse('together:joined')}?region={code}",
        ),
    )
    return [Tile(count(number), words, url) for number, words, url in named if number]
