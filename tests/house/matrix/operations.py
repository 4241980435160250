"""Rules of the pages for whoever keeps the installation running."""

from django.utils import timezone

from sinergia.base.errands.actions import promise
from sinergia.base.errands.models import Errand
from tests.house.matrix.rule import ADMINISTRATORS, PRESSED, ROLES, Rule, answers
from tests.house.matrix.world import World

ERRAND = {"key": "errand"}

RULES: dict[str, Rule] = {
    # No worker runs beside these tests, and that is told to whoever asks.
    "operations:healthz": Rule(answers(503, *ROLES), is_file=True),
    # Each line is a question to another table.
    "operations:status": Rule(ADMINISTRATORS, most_queries=22),  # every check asks its own
    "operations:errands": Rule(ADMINISTRATORS),
    "operations:run_again": Rule(PRESSED, "post", ERRAND),
    "operations:give_up": Rule(ADMINISTRATORS, names=ERRAND),
    "operations:run_all_again": Rule(ADMINISTRATORS, names={"name": "errand name"}),
}


def samples(world: World) -> dict[str, str]:
    """Make one row of each thing that has an address; give what addresses call them."""
    now = timezone.now()
    promise("base.errands.prune", now=now, once="the matrix's own")
    errand = Errand.objects.get(once="the matrix's own")
    errand.given_up_at, errand.attempts = now, 8
    errand.save(update_fields=["given_up_at", "attempts"])
    return {"errand": str(errand.key), "errand name": errand.name}
