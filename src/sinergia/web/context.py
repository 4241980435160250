"""What every page's template may name."""

from django.conf import settings
from django.http import HttpRequest

from sinergia import __version__
from sinergia.people.queries import invented_people


def site(request: HttpRequest) -> dict[str, object]:
    """Give the version and whether this is the invented demo."""
    enter_as = invented_people() if settings.IS_DEMO else None  # asked only where it is shown
    return {"version": __version__, "is_demo": settings.IS_DEMO, "enter_as": enter_as}
