"""What of the rules applications are judged by: one and the same for all of a contest."""

from sinergia.packs.rules.schema import Rules

_NUMBERS = ("scoring", "selection")


def are_judged_alike(one: Rules, other: Rules) -> bool:
    """Whether two versions of rules come to the same ratings, experts and winners."""
    same = all(getattr(one, name) == getattr(other, name) for name in (*_NUMBERS, "review"))
    return same and one.applicant.wins == other.applicant.wins


def scored_by(rules: Rules, in_force: Rules) -> Rules:
    """Rules by which something was handed in, with criteria and line of those in force."""
    return rules.model_copy(update={name: getattr(in_force, name) for name in _NUMBERS})
