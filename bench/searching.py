"""Times search itself; run inside a bench installation's Django. Prints JSON, milliseconds."""

import json
import random
import sys
import time
from collections.abc import Callable, Iterator

import django

django.setup()

from bench.files import ENDS, KINDS, ROOTS  # noqa: E402  # Django is set up first
from bench.site import percentile  # noqa: E402
from sinergia.applications.models import Application  # noqa: E402
from sinergia.applications.queries.filters import ApplicationFilter, applications  # noqa: E402
from sinergia.base.search.near import nearest  # noqa: E402
from sinergia.base.search.queries import rows_found, search, search_each  # noqa: E402
from sinergia.organisations.models import Organisation  # noqa: E402

TURNS = 200
SHOWN = 25


def main() -> None:
    """Search for one to three words in every way there is; print each way's 95th percentile."""
    organisations, filed = Organisation.objects.all(), Application.objects.all()
    both = {"organisation": organisations, "application": filed}
    told = {
        "list": timed(some_words(common=False), in_lists),
        "ranked": timed(
            some_words(common=True),
            lambda words: search("organisation", words, among=organisations, limit=SHOWN),
        ),
        "everywhere": timed(
            some_words(common=True), lambda words: search_each(words, both, limit=5)
        ),
        "near": timed(slips_of(some_words(common=False)), lambda words: nearest(words, both)),
    }
    sys.stdout.write(json.dumps({name: round(value, 1) for name, value in told.items()}) + "\n")


def timed(asked: Iterator[str], look: Callable[[str], object]) -> float:
    """The time that nineteen of twenty questions do not exceed, milliseconds."""
    taken = []
    for words in asked:
        begun = time.perf_counter()
        look(words)
        taken.append((time.perf_counter() - begun) * 1000)
    return percentile(taken)


def in_lists(words: str) -> None:
    """As the two lists narrow their rows."""
    list(Organisation.objects.filter(pk__in=rows_found("organisation", words))[:SHOWN])
    list(applications(ApplicationFilter(q=words))[:SHOWN])


def some_words(*, common: bool) -> Iterator[str]:
    """Words as names have them; common: one in four stands in thirty thousand names."""
    rnd = random.Random(5)
    for turn in range(TURNS):
        words = [_word(rnd) for _ in range(1 + turn % 3)]
        if common and turn % 4 == 0:
            words = [KINDS[turn // 4 % len(KINDS)], *words[1:2]]
        yield " ".join(words)


def slips_of(asked: Iterator[str]) -> Iterator[str]:
    """The same with a letter lost in the first word."""
    for words in asked:
        yield words[:3] + words[4:]


def _word(rnd: random.Random) -> str:
    return rnd.choice(ROOTS) + rnd.choice(ROOTS) + rnd.choice(ENDS)


if __name__ == "__main__":
    main()
