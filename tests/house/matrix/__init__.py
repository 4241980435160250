"""The permission matrix: every address, and what each role is answered there.

A new address gets a row in its room's file here, or `test_doors.py` fails.
"""

from tests.house.matrix import (
    accounts,
    adoptions,
    beside,
    booklets,
    commitments,
    contacts,
    contests,
    doubles,
    exchange,
    feeds,
    files,
    funnel,
    grants_changes,
    grants_money,
    grants_reports,
    ground,
    inside,
    journey,
    notes,
    notices,
    official,
    operations,
    practices,
    press,
    programme,
    projects,
    register_list,
    register_loads,
    review_assignment,
    review_board,
    review_commission,
    review_decision,
    review_experts,
    review_sheets,
    search,
    support_help,
    support_trainings,
    teams,
    thread,
    together,
)
from tests.house.matrix.rule import ROLES, Rule, reader_of
from tests.house.matrix.world import World, a_world

ROOMS = [
    ground,
    files,
    funnel,
    accounts,
    commitments,
    contacts,
    contests,
    doubles,
    exchange,
    inside,
    journey,
    operations,
    programme,
    booklets,
    practices,
    press,
    projects,
    review_commission,
    adoptions,
    beside,
    feeds,
    notices,
    notes,
    official,
    search,
    teams,
    thread,
    register_list,
    register_loads,
    review_experts,
    review_assignment,
    review_board,
    review_decision,
    review_sheets,
    support_help,
    support_trainings,
    grants_changes,
    grants_money,
    grants_reports,
    together,
]
MATRIX: dict[str, Rule] = {name: rule for room in ROOMS for name, rule in room.RULES.items()}


def sample_names(world: World) -> dict[str, str]:
    """Make one row of each thing that has an address; give what addresses call them."""
    return {word: named for room in ROOMS for word, named in room.samples(world).items()}


__all__ = ["MATRIX", "ROLES", "Rule", "World", "a_world", "reader_of", "sample_names"]
