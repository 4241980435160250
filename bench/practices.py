"""Times the catalogue of practices, 20,000 of them; run inside a bench installation's Django.

Makes the practices first, where they are not. Prints JSON, milliseconds: the list with its numbers
and a page of rows, by filters and by words.
"""

import json
import random
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  # Django is set up first
from django.utils import timezone  # noqa: E402

from bench.files import ENDS, ROOTS  # noqa: E402
from bench.site import percentile  # noqa: E402
from sinergia.base.search.actions import Findable, index_rows  # noqa: E402
from sinergia.base.tables.paging import Order, page_of  # noqa: E402
from sinergia.engine.text import fold  # noqa: E402
from sinergia.organisations.models import Organisation  # noqa: E402
from sinergia.packs.practices import lists  # noqa: E402
from sinergia.places.models import Region, Theme  # noqa: E402
from sinergia.practices.models import Practice, PracticeAudience  # noqa: E402
from sinergia.practices.queries.catalogue import KIND, PracticeFilter, listed  # noqa: E402
from sinergia.practices.queries.facets import counts_of  # noqa: E402
from sinergia.practices.queries.similar import similar_to  # noqa: E402
from sinergia.practices.words.catalogue import cards_of, facet_form  # noqa: E402

NUMBER, STEP = 20_000, 2_000
TURNS = 60
ORDERS = (Order("published_at", is_descending=True), Order("title_folded"), Order("start_minor"))


def main() -> None:
    """Furnish, ask every kind of filter and of words; print the 95th percentiles."""
    if Practice.objects.count() < NUMBER:
        furnish()
    rnd, regions = random.Random(3), list(Region.objects.order_by("pk"))
    audiences = [one.code for one in lists().audiences]
    plain, typed, like = [], [], []
    for turn in range(TURNS):
        region = rnd.choice(regions).code
        ways: list[dict[str, str]] = [
            {}, {"region": region}, {"evidence": "2"}, {"audience": rnd.choice(audiences)},
            {"cost": "up-to-100", "hosting": "yes"}, {"theme": "тема 03", "maturity": "1"},
        ]  # fmt: skip
        asked = ways[turn % len(ways)]
        plain.append(taken(asked, turn))
        words = " ".join(word(rnd) for _one in range(1 + turn % 2))
        typed.append(taken({"q": "помощь" if turn % 4 == 0 else words} | asked, turn))
    for one in Practice.objects.order_by("?")[:TURNS]:
        begun = time.perf_counter()
        similar_to(one)
        like.append((time.perf_counter() - begun) * 1000)
    told = {"plain": percentile(plain), "typed": percentile(typed), "similar": percentile(like)}
    sys.stdout.write(json.dumps({name: round(value, 1) for name, value in told.items()}) + "\n")


def taken(query: dict[str, str], turn: int) -> float:
    """One page of the catalogue but for its HTML; give the milliseconds."""
    begun = time.perf_counter()
    asked = PracticeFilter.from_query(query)
    counts = counts_of(asked)
    cards_of(page_of(listed(asked, counts.total), order=ORDERS[turn % 3]).rows)
    facet_form(asked, counts, {})
    return (time.perf_counter() - begun) * 1000


def furnish() -> None:
    """Make the practices, with their words in the index."""
    rnd = random.Random(5)
    owners = list(Organisation.objects.order_by("pk").values_list("pk", "region_id")[:NUMBER])
    themes: dict[int, list[int]] = {}
    for pk, region in Theme.objects.values_list("pk", "region_id"):
        themes.setdefault(region, []).append(pk)
    codes = [one.code for one in lists().audiences]
    for start in range(0, NUMBER, STEP):
        rows = [
            a_practice(number, *owners[number % len(owners)], themes, rnd)
            for number in range(start, start + STEP)
        ]
        with transaction.atomic():
            made = Practice.objects.bulk_create(rows)
            PracticeAudience.objects.bulk_create(
                PracticeAudience(practice=one, code=code)
                for one in made
                for code in rnd.sample(codes, 1 + rnd.randrange(2))
            )
            told = (Findable(one.pk, one.title, one.essence) for one in made if one.pk % 20)
            index_rows(KIND, told, is_new=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def a_practice(
    number: int, owner: int, region: int, themes: dict[int, list[int]], rnd: random.Random
) -> Practice:
    """One of them; one in twenty is not in the catalogue."""
    title = f"{word(rnd)} {word(rnd)} {word(rnd)}"
    day = timezone.now() - timedelta(minutes=number * 30)
    return Practice(
        organisation_id=owner,
        region_id=region,
        stage="published" if number % 20 else "draft",
        title=title,
        title_folded=fold(title),
        essence=f"Помощь людям: {word(rnd)} и {word(rnd)} каждую неделю.",
        theme_id=rnd.choice(themes[region]) if themes.get(region) else None,
        evidence=rnd.choices(range(5), (20, 40, 25, 10, 5))[0],
        maturity=rnd.choices(range(5), (20, 40, 25, 10, 5))[0],
        start_minor=rnd.choice([None, 0, rnd.randrange(3 * 10**8)]),
        is_hosting=rnd.random() < 0.3,
        made_at=day,
        changed_at=day,
        published_at=day,
    )


def word(rnd: random.Random) -> str:
    """A word as names of the bench have them."""
    return rnd.choice(ROOTS) + rnd.choice(ROOTS) + rnd.choice(ENDS)


if __name__ == "__main__":
    main()
