"""Times the search query itself; run inside a bench installation's Django."""

import random
import sys
import time

import django

django.setup()

from bench.files import ENDS, ROOTS  # noqa: E402  # Django is set up first
from bench.site import percentile  # noqa: E402
from sinergia.applications.queries.filters import ApplicationFilter, applications  # noqa: E402
from sinergia.base.search.queries import rows_found  # noqa: E402
from sinergia.organisations.models import Organisation  # noqa: E402


def main() -> None:
    """Search 200 times for one to three words; print the 95th percentile, milliseconds."""
    rnd = random.Random(5)
    taken = []
    for turn in range(200):
        words = " ".join(
            rnd.choice(ROOTS) + rnd.choice(ROOTS) + rnd.choice(ENDS) for _ in range(1 + turn % 3)
        )
        begun = time.perf_counter()
        if turn % 2:
            list(Organisation.objects.filter(pk__in=rows_found("organisation", words))[:25])
        else:
            list(applications(ApplicationFilter(q=words))[:25])
        taken.append((time.perf_counter() - begun) * 1000)
    sys.stdout.write(f"{percentile(taken):.1f}\n")


if __name__ == "__main__":
    main()
