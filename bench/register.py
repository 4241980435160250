"""Fills the register of a bench installation; run inside its Django."""

import sys

import django

django.setup()

from django.db import transaction  # noqa: E402  # Django is set up first
from django.utils import timezone  # noqa: E402

from bench.files import name_of, numbers_of, region_of  # noqa: E402
from sinergia.organisations.actions import Newcomer, register_organisations  # noqa: E402
from sinergia.people.actions import command_person, invent_person  # noqa: E402
from sinergia.places.queries import regions  # noqa: E402

STEP = 2_000


def main() -> None:
    """Enter as many organisations as asked and one person to read as."""
    known = {region.name_ru: region.pk for region in regions()}
    now = timezone.now()
    for start in range(0, int(sys.argv[1]), STEP):
        with transaction.atomic():
            newcomers = [
                Newcomer(
                    name=name_of(place),
                    ogrn=numbers_of(place)[0],
                    inn=numbers_of(place)[1],
                    region_id=known[region_of(place)],
                )
                for place in range(start, start + STEP)
            ]
            register_organisations(newcomers, now=now)
    me = command_person(now)
    reader = invent_person("reader@example.org", "Reader", is_administrator=True, actor=me, now=now)
    sys.stdout.write(f"{reader.key}\n")


if __name__ == "__main__":
    main()
