"""Rules as they are kept with a contest: canonical bytes, the same for the same rules."""

import json
from functools import lru_cache

from sinergia.packs.rules.reading import rules_from
from sinergia.packs.rules.schema import Rules


def values_of(rules: Rules) -> dict[str, object]:
    """Everything that rules say, in values that JSON knows; decimals as texts, blanks left out."""
    values: dict[str, object] = rules.model_dump(mode="json", by_alias=True, exclude_none=True)
    return values


@lru_cache(maxsize=64)
def thawed(content: bytes) -> Rules:
    """Read kept rules; content: JSON of an envelope {schema, values}. Raises Faulty, ValueError."""
    told = json.loads(content)
    return rules_from({**told["values"], "schema": told["schema"]})
