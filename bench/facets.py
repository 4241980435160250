"""Times the numbers beside the register's filters; run inside a furnished bench installation."""

import sys
import time
from dataclasses import replace
from datetime import date

import django

django.setup()

from bench.site import percentile  # noqa: E402  # Django is set up first
from sinergia.insights.organisation.queries import OrganisationFilter, Reader  # noqa: E402
from sinergia.insights.organisation.queries.facets import counts_of  # noqa: E402
from sinergia.insights.organisation.queries.names import names_of  # noqa: E402
from sinergia.organisations.models import Centre  # noqa: E402
from sinergia.places.models import Municipality, Region, Theme  # noqa: E402

OWN = [{}, {"status": "active"}, {"age": "0"}, {"has": "grants", "form": "71400"}, {"met": "6"}]
WORDS = ["мостлесный", "фонд", "10277", "свет"]


def main() -> None:
    """Ask every kind of filter in every region; print two 95th percentiles, milliseconds."""
    centre = Centre.objects.order_by("-pk")[0]
    plain, typed = [], []
    for number, region in enumerate(Region.objects.order_by("code")):
        reader = Reader(date(2026, 11, 23), centre.pk if number % 2 else 0)
        here = {"region": region.code}
        town = str(Municipality.objects.filter(region=region)[number % 9].key)
        theme = str(Theme.objects.filter(region=region)[number % 9].key)
        ways = [{"municipality": town}, {"theme": theme}, {"theme": "none"}, {"status": "closed"}]
        asked = (*OWN, here, *(here | way for way in ways))
        plain += [taken(query, reader) for query in asked]
        typed += [taken({"q": word} | (here if number % 2 else {}), reader) for word in WORDS]
    sys.stdout.write(f"{percentile(plain):.1f} {percentile(typed):.1f}\n")


def taken(query: dict[str, str], reader: Reader) -> float:
    """Count the facets of one filter; give the milliseconds."""
    begun = time.perf_counter()
    asked = OrganisationFilter.from_query(query)
    asked = asked if reader.centre_id else asked.with_(met="")  # as the page does
    names = names_of(asked, reader.centre_id)
    reader = replace(reader, regions=names.served)
    counts_of(names.settle(asked), reader, names)
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main()
