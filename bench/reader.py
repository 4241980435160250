"""Makes the person as whom a bench installation is read; run inside its Django."""

import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402  # Django is set up first

from sinergia.people.actions import command_person, invent_person  # noqa: E402


def main() -> None:
    """Print the key of the person."""
    now = timezone.now()
    me = command_person(now)
    reader = invent_person("reader@example.org", "Reader", is_administrator=True, actor=me, now=now)
    sys.stdout.write(f"{reader.key}\n")


if __name__ == "__main__":
    main()
