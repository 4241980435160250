"""Rules of a contest as if they had been written so from the beginning."""

from hashlib import sha256

from sinergia.calls.models import ContestRules
from sinergia.engine.seal import canonical
from sinergia.packs.rules import Rules
from sinergia.packs.rules.frozen import values_of


def rewrite_rules(row: ContestRules, rules: Rules) -> ContestRules:
    """The row with other rules, and the checksum that these have."""
    values = values_of(rules)
    row.content = canonical({"schema": values.pop("schema"), "values": values})
    row.digest = sha256(row.content).hexdigest()
    row.save(update_fields=["content", "digest"])
    return row
